// The entry `cellarium/persisters/codecs`: what a content goes through on its way to where it is kept, and back.
import {fromUtf8, toUtf8} from './codec-bytes.js';
import {codedError} from './coded-error.js';
import type {ByteCodec, Codec} from './types/codecs.js';

export {bytesToText, textToBytes} from './codec-bytes.js';
export type {ByteCodec, Codec} from './types/codecs.js';

type Bytes = Uint8Array<ArrayBuffer>;
type Transform = (bytes: Bytes) => Promise<Uint8Array>;

const IV_LENGTH = 12;

const undecodable = (cause: unknown): never => {
  throw codedError(
    'the bytes cannot be decoded: they are damaged, or another codec has encoded them',
    'undecodable-content',
    cause,
  );
};

const createByteCodec = (encode: Transform, decode: Transform): ByteCodec => {
  const encodeBytes = (bytes: Uint8Array) => encode(bytes as Bytes);
  const decodeBytes = (bytes: Uint8Array) => decode(bytes as Bytes);
  return Object.freeze({
    encode: (text: string) => encodeBytes(toUtf8(text)),
    decode: async (bytes: Uint8Array) => fromUtf8(await decodeBytes(bytes)),
    encodeBytes,
    decodeBytes,
  });
};

const openStream = (create: () => CompressionStream | DecompressionStream) => {
  try {
    return create();
  } catch (cause) {
    throw codedError('this compression is not available here', 'codec-unavailable', cause);
  }
};

const pass = async (
  bytes: Bytes,
  {readable, writable}: CompressionStream | DecompressionStream,
): Promise<Uint8Array> => {
  const writer = writable.getWriter();
  // Whatever goes wrong, the other end of the stream tells.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  return new Uint8Array(await new Response(readable).arrayBuffer());
};

/**
 * Creates a Codec that compresses, by the engine's own CompressionStream. JSON of tables shrinks to about a tenth.
 *
 * @param format - `'gzip'` by default, which knows by a checksum whether what it gets back is what it gave;
 * `'deflate'`, which does, too; or `'deflate-raw'`, which does not.
 * @returns The Codec. Where there is no such compression, each use gives an Error of `code` `'codec-unavailable'`, and
 * bytes that are damaged give one of `'undecodable-content'`.
 * @example
 * ```js
 * const codec = createCompressionCodec();
 * const bytes = await codec.encode('ab'.repeat(1000));
 * console.log(bytes.length < 100);
 * // -> true
 * console.log(await codec.decode(bytes) === 'ab'.repeat(1000));
 * // -> true
 * ```
 */
export const createCompressionCodec = (format: 'gzip' | 'deflate' | 'deflate-raw' = 'gzip'): ByteCodec =>
  createByteCodec(
    async (bytes) =>
      pass(
        bytes,
        openStream(() => new CompressionStream(format)),
      ),
    async (bytes) =>
      pass(
        bytes,
        openStream(() => new DecompressionStream(format)),
      ).catch(undecodable),
  );

const getSubtle = (): SubtleCrypto => {
  // Pages that came by plain HTTP, except from the machine itself, have none.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) throw codedError('Web Crypto is not available here', 'codec-unavailable');
  return subtle;
};

/**
 * Creates a Codec that encrypts with AES-GCM, by the engine's own Web Crypto. Who has not the key learns how long the
 * text is and when it changes, and cannot alter it unnoticed. Each encoding has a fresh initialization vector of 12
 * random bytes, which stands in front of the result; so one key is good for some billion saves.
 *
 * @param key - A key for `AES-GCM` with the usages `encrypt` and `decrypt`. It need not be extractable. Without it the
 * content is lost, so keep it as well as the content.
 * @returns The Codec. Decoding with another key, or what was altered, gives an Error of `code` `'undecodable-content'`,
 * and where there is no Web Crypto, or the key is not for this, each use gives one of `'codec-unavailable'`.
 */
export const createEncryptionCodec = (key: CryptoKey): ByteCodec =>
  createByteCodec(
    async (bytes) => {
      const subtle = getSubtle();
      const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
      const encrypted = await subtle.encrypt({name: 'AES-GCM', iv}, key, bytes).catch(unusable);
      const all = new Uint8Array(IV_LENGTH + encrypted.byteLength);
      all.set(iv);
      all.set(new Uint8Array(encrypted), IV_LENGTH);
      return all;
    },
    async (bytes) => {
      const subtle = getSubtle();
      const [iv, encrypted] = [bytes.subarray(0, IV_LENGTH), bytes.subarray(IV_LENGTH)];
      return new Uint8Array(
        await subtle
          .decrypt({name: 'AES-GCM', iv}, key, encrypted)
          .catch((cause: unknown) => (isAboutKey(cause) ? unusable(cause) : undecodable(cause))),
      );
    },
  );

// By the names that Web Crypto gives its errors; what was altered is an OperationError.
const isAboutKey = (cause: unknown): boolean =>
  cause instanceof TypeError || (cause as {name?: unknown} | null)?.name === 'InvalidAccessError';

const unusable = (cause: unknown): never => {
  throw codedError('the key is none for AES-GCM, or not for this use', 'codec-unavailable', cause);
};

/**
 * Makes one Codec of several: what the first makes of a text goes through the second, and so on, and back again in the
 * other order. Compress first, then encrypt, since what is encrypted does not shrink any more.
 *
 * @param first - Any Codec.
 * @param others - Codecs that take bytes, as those of this module do.
 * @returns The Codec of all, which takes bytes if the first does.
 * @throws An Error of `code` `'invalid-options'` if one of them is no codec, or one of the others takes only texts.
 */
export function composeCodecs(first: ByteCodec, ...others: ByteCodec[]): ByteCodec;
export function composeCodecs(first: Codec, ...others: ByteCodec[]): Codec;
export function composeCodecs(first: Codec & Partial<ByteCodec>, ...others: ByteCodec[]): Codec {
  checkFunctions(first, 'encode', 'decode');
  for (const codec of others) checkFunctions(codec, 'encodeBytes', 'decodeBytes');
  const onwards = async (bytes: Uint8Array | Promise<Uint8Array>) => {
    for (const codec of others) bytes = await codec.encodeBytes(await bytes);
    return bytes;
  };
  const backwards = async (bytes: Uint8Array) => {
    for (const codec of [...others].reverse()) bytes = await codec.decodeBytes(bytes);
    return bytes;
  };
  const codec = {
    encode: async (text: string) => onwards(first.encode(text)),
    decode: async (bytes: Uint8Array) => first.decode(await backwards(bytes)),
  };
  if (!isByteCodec(first)) return Object.freeze(codec);
  return Object.freeze({
    ...codec,
    encodeBytes: async (bytes: Uint8Array) => onwards(first.encodeBytes(bytes)),
    decodeBytes: async (bytes: Uint8Array) => first.decodeBytes(await backwards(bytes)),
  });
}

const isByteCodec = (codec: Codec & Partial<ByteCodec>): codec is ByteCodec =>
  typeof codec.encodeBytes === 'function' && typeof codec.decodeBytes === 'function';

const checkFunctions = (codec: object | null | undefined, ...names: string[]): void => {
  for (const name of names) {
    if (typeof (codec as Record<string, unknown> | null | undefined)?.[name] !== 'function') {
      throw codedError(`a codec to compose has no function ${name}`, 'invalid-options');
    }
  }
};
