// Texts as bytes and bytes as texts, without loss.
import {codedError} from './coded-error.js';

const encoder = new TextEncoder();
// U+FEFF at the start is part of a text like any other character.
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
// Half of a pair without its other half.
const loneSurrogate = /[\ud800-\udfff]/u;

const join = (pieces: Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
};

/** A text in UTF-8, or in WTF-8 if there are lone surrogates in it, which UTF-8 does not know. */
export const toUtf8 = (text: string): Uint8Array => {
  if (!loneSurrogate.test(text)) return encoder.encode(text);
  return join(
    text.split(/([\ud800-\udfff])/u).map((piece) => {
      if (!loneSurrogate.test(piece)) return encoder.encode(piece);
      const code = piece.charCodeAt(0);
      return Uint8Array.of(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }),
  );
};

/** What {@link toUtf8} was given. */
export const fromUtf8 = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes);
  } catch {
    return fromWtf8(bytes);
  }
};

const isContinuation = (byte: number | undefined): byte is number => byte !== undefined && (byte & 0xc0) === 0x80;

const fromWtf8 = (bytes: Uint8Array): string => {
  const pieces: string[] = [];
  let start = 0;
  const addUntil = (end: number) => {
    try {
      pieces.push(decoder.decode(bytes.subarray(start, end)));
    } catch (cause) {
      throw codedError('the bytes are no text', 'undecodable-content', cause);
    }
  };
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const [second, third] = bytes.subarray(at + 1, at + 3);
    if (!isContinuation(second) || second < 0xa0 || !isContinuation(third)) continue;
    addUntil(at);
    pieces.push(String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)));
    start = at + 3;
  }
  addUntil(bytes.length);
  return pieces.join('');
};

// What no text of ours starts with that has not come from here: contents are JSON arrays.
const prefix = 'base64:';
// So many arguments fit any engine's stack.
const PIECE = 0x8000;

/**
 * Makes a text of bytes, for places that keep texts only, as local storage does: `base64:` and the bytes in base64.
 *
 * @param bytes - Any bytes.
 * @returns The text, of a character for each 6 bits.
 * @example
 * ```js
 * console.log(bytesToText(Uint8Array.of(1, 2, 255)));
 * // -> 'base64:AQL/'
 * ```
 */
export const bytesToText = (bytes: Uint8Array): string => {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + PIECE)));
  }
  return prefix + btoa(pieces.join(''));
};

/**
 * Gives the bytes that {@link bytesToText} has made a text of.
 *
 * @param text - Such a text, or any other.
 * @returns The bytes; `undefined` for a text that does not start as {@link bytesToText} makes them, as one that was
 * stored without a Codec.
 * @throws An Error of `code` `'undecodable-content'` if it starts so and goes on otherwise.
 */
export const textToBytes = (text: string): Uint8Array | undefined => {
  if (!text.startsWith(prefix)) return undefined;
  let letters;
  try {
    letters = atob(text.slice(prefix.length));
  } catch (cause) {
    throw codedError('the text is no base64', 'undecodable-content', cause);
  }
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index);
  return bytes;
};
