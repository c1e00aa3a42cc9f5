// What was offered to a store in vain, as users offered it: for listeners to it, and for the log.
import type {Context} from './context.js';
import {TAG_REJECTED, TAG_REJECTED_TEXT} from './layout.js';

export const createOffered = ({texts, tables, rejected}: Context) => ({
  /** What a buffer of words of its own is of, two for each thing: cells that a schema refused, or what cannot be a cell at all. */
  offeredIn(words: Int32Array): unknown[] {
    const offered: unknown[] = [];
    const doubles = new Float64Array(words.buffer);
    for (let index = 0; index < words.length; index += 2) {
      const low = words[index] as number;
      const tag = (words[index + 1] as number) >>> 0;
      if (tag === TAG_REJECTED) {
        offered.push(rejected[low]);
      } else if (tag === TAG_REJECTED_TEXT) {
        offered.push(texts.text(low));
      } else {
        offered.push(tables.decodeFrom(words, doubles, index));
      }
    }
    return offered;
  },
});
