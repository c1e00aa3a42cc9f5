// The types of codecs, with their documentation.

/** What a content goes through on its way to where it is kept, and back: compression, encryption, or both. */
export interface Codec {
  /**
   * Makes bytes of a text.
   *
   * @param text - The JSON of a content, for example.
   * @returns The bytes, or a promise of them. What is thrown keeps the content from being saved.
   */
  encode(text: string): Promise<Uint8Array> | Uint8Array;

  /**
   * Makes the text of bytes again.
   *
   * @param bytes - What {@link Codec.encode} gave.
   * @returns The text, or a promise of it. It should throw unless it is sure of that, so that a damaged content is not
   * taken for a good one.
   */
  decode(bytes: Uint8Array): Promise<string> | string;
}

/** A Codec that makes bytes of bytes, too, so that it can come after another. */
export interface ByteCodec extends Codec {
  /**
   * Makes bytes of bytes.
   *
   * @param bytes - Any bytes.
   * @returns The bytes, or a promise of them.
   */
  encodeBytes(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;

  /**
   * Makes the first bytes again.
   *
   * @param bytes - What {@link ByteCodec.encodeBytes} gave.
   * @returns The bytes, or a promise of them.
   */
  decodeBytes(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}
