// What Rust and TypeScript must agree on to read the same memory: offsets, tags and codes.
// `src/binding/layout.rs` says the same and explains each; `tests/layout.rs` compares the two files.

export const VIEW_EPOCH = 0;
export const VIEW_LISTENER = 4;
export const VIEW_KIND = 8;
export const VIEW_PATH = 12;
export const VIEW_NEW = 24;
export const VIEW_OLD = 32;
export const VIEW_OUT_ADDRESS = 40;
export const VIEW_OUT_LENGTH = 44;
export const VIEW_TEXTS_EPOCH = 48;
export const VIEW_IS_WRITABLE = 52;
export const VIEW_STATE = 56;

export const CHUNK_BITS = 6;
export const CHUNK_IDS = 0;
export const CHUNK_SHAPES = 256;

export const TAG_ABSENT = 0xfff8_0000;
export const TAG_NULL = 0xfff8_0001;
export const TAG_BOOLEAN = 0xfff8_0002;
export const TAG_TEXT = 0xfff8_0003;
export const TAG_JSON = 0xfff8_0004;
export const TAG_INLINE_ASCII = 0xfff8_0005;
export const TAG_INLINE_UTF16 = 0xfff8_0006;
export const TAG_INLINE_JSON_ASCII = 0xfff8_0007;
export const TAG_INLINE_JSON_UTF16 = 0xfff8_0008;
export const TAG_REJECTED = 0xfff8_0009;
export const TAG_REJECTED_TEXT = 0xfff8_000a;

export const NONE = 0xffff_ffff;
export const NEVER = 0xffff_fffe;
export const UNDEFINED = 0xffff_fffd;

export const RECORD_ROW = 0;
export const RECORD_SAME_ROW = 1;
export const RECORD_TABLE = 2;
export const RECORD_VALUES = 3;
export const RECORD_BAD_ROW = 4;

export const STEP_DONE = 0;
export const STEP_CALL = 1;
export const STEP_ASK_ROLLBACK = 2;
export const STEP_RUN = 3;

export const READ_SOME = -1;
export const READ_NONE = -2;
export const READ_AGAIN = -3;
export const READ_FAILED = -4;
