// The wasm memory seen through typed arrays, and texts on their way in and out of it.
//
// The arrays detach when the memory grows, which any call into Rust may cause. So whoever reads them
// after a call asks `refresh()` first; a read from a detached array would give `undefined`.
import {getBinding, getMemory} from './wasm.js';

export let u8 = new Uint8Array();
export let u16 = new Uint16Array();
export let i32 = new Int32Array();
export let f64 = new Float64Array();

/** Makes the arrays see the memory as it is now. */
export const refresh = (): void => {
  if (i32.byteLength === 0) {
    const {buffer} = getMemory();
    u8 = new Uint8Array(buffer);
    u16 = new Uint16Array(buffer);
    i32 = new Int32Array(buffer);
    f64 = new Float64Array(buffer);
  }
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

// Texts up to this length are written unit by unit, which is faster than the encoder's fixed cost.
const SHORT = 48;
const SHORT_ASCII = 12;
// A buffer that had to be larger than this is given back after its use.
const KEPT = 1 << 16;

let textAddress = 0;
let textCapacity = 0;

/** The address of a buffer, which is 0 if there is no memory for it. */
const checked = (address: number): number => {
  if (address === 0) {
    throw Object.assign(new RangeError('WebAssembly has no memory for so much input'), {code: 'out-of-memory'});
  }
  return address;
};

const reserveText = (bytes: number): void => {
  if (bytes > textCapacity || textCapacity === 0) {
    const capacity = Math.max(bytes, 1024);
    textCapacity = 0;
    textAddress = checked(getBinding().reserveText(capacity));
    textCapacity = capacity;
  }
  refresh();
};

/** Gives the memory of a large input text back. To be called when Rust has taken it. */
export const releaseText = (): void => {
  if (textCapacity > KEPT) {
    // First, since the stack may end during the call.
    textCapacity = 0;
    getBinding().reserveText(0);
  }
};

/** Whether the text that was put last is in UTF-16, else it has one byte a character. */
export let isUtf16 = false;

/** Puts a text where Rust reads its input; gives its length in characters. See `isUtf16`. */
export const putText = (text: string): number => {
  const {length} = text;
  reserveText(length * 2);
  isUtf16 = false;
  if (length > SHORT) {
    const {read, written} = encoder.encodeInto(text, u8.subarray(textAddress, textAddress + length));
    // One byte for each unit: the text is ASCII, since all else takes more.
    isUtf16 = read !== length || written !== length;
  } else {
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 127) {
        isUtf16 = true;
        break;
      }
      u8[textAddress + index] = unit;
    }
  }
  if (isUtf16) {
    const start = textAddress >>> 1;
    for (let index = 0; index < length; index++) {
      u16[start + index] = text.charCodeAt(index);
    }
  }
  return length;
};

/** Writes the UTF-8 of a text, for which there must be room for 3 bytes a unit; gives its length in bytes. */
const writeUtf8 = (text: string, address: number): number => {
  const {length} = text;
  let index = 0;
  if (length <= SHORT) {
    for (; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 127) {
        break;
      }
      u8[address + index] = unit;
    }
    if (index === length) {
      return length;
    }
  }
  return encoder.encodeInto(text, u8.subarray(address, address + length * 3)).written;
};

/** Puts a text in UTF-8 where Rust reads its input; gives its length in bytes. A lone surrogate becomes U+FFFD. */
export const putUtf8 = (text: string): number => {
  reserveText(text.length * 3);
  return writeUtf8(text, textAddress);
};

/** The same with several texts, each with a byte after it that UTF-8 does not have. */
export const putUtf8List = (texts: string[]): number => {
  let bytes = 0;
  for (const text of texts) {
    bytes += text.length * 3 + 1;
  }
  reserveText(bytes);
  let address = textAddress;
  for (const text of texts) {
    address += writeUtf8(text, address);
    u8[address++] = 0xff;
  }
  return address - textAddress;
};

/** Puts 32-bit words where Rust reads its input text. */
export const putWords = (words: ArrayLike<number>): number => {
  reserveText(words.length * 4);
  i32.set(words, textAddress >>> 2);
  return words.length;
};

/** The text of UTF-8 in the memory. */
export const decodeUtf8 = (address: number, length: number): string => {
  if (length <= SHORT_ASCII) {
    // The decoder's fixed cost is that of a dozen characters.
    let text = '';
    for (let index = address; index < address + length; index++) {
      const byte = u8[index] as number;
      if (byte > 127) {
        return decoder.decode(u8.subarray(address, address + length));
      }
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decoder.decode(u8.subarray(address, address + length));
};

/** The text of UTF-16 in the memory, lone surrogates included. */
export const decodeUtf16 = (address: number, bytes: number): string => {
  let text = '';
  // The buffer that holds it need not be aligned; a step keeps the argument list short.
  const units = new Uint16Array(u8.slice(address, address + bytes).buffer);
  for (let from = 0; from < units.length; from += 4096) {
    text += String.fromCharCode(...units.subarray(from, from + 4096));
  }
  return text;
};

const KEPT_BLOCK = 1 << 18;

let blockAddress = 0;
let blockCapacity = 0;

/** Gives the memory of a large block back. To be called when Rust has taken it. */
export const releaseBlock = (): void => {
  if (blockCapacity > KEPT_BLOCK) {
    blockCapacity = 0;
    getBinding().reserveBlock(0);
  }
};

/** Copies a block of words, of `bytes` bytes, to where Rust reads blocks. */
export const putBlock = (words: Int32Array, bytes: number): void => {
  if (bytes > blockCapacity) {
    const capacity = Math.max(bytes, 4096);
    blockCapacity = 0;
    blockAddress = checked(getBinding().reserveBlock(capacity));
    blockCapacity = capacity;
  }
  refresh();
  const start = blockAddress >>> 2;
  const count = bytes >>> 2;
  if (count > 64) {
    i32.set(words.subarray(0, count), start);
  } else {
    for (let index = 0; index < count; index++) {
      i32[start + index] = words[index] as number;
    }
  }
};
