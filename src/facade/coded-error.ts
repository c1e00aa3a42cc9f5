// Errors with a code, of what needs no WebAssembly.

type Code = 'codec-unavailable' | 'undecodable-content' | 'invalid-options' | 'newer-version' | 'store-type';

/** An Error of a `code`; `cause` is what the engine says, if it says something. */
export const codedError = (message: string, code: Code, cause?: unknown): Error =>
  Object.assign(new Error(message, cause === undefined ? undefined : {cause}), {code});
