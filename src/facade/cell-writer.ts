// Puts one cell into a store's view, where Rust finds it, or what was offered as one.
import type {Context} from './context.js';
import {NONE, TAG_BOOLEAN, TAG_JSON, TAG_NULL, TAG_REJECTED, TAG_TEXT, VIEW_NEW} from './layout.js';
import {f64, i32, isUtf16, putText, refresh, releaseText} from './memory.js';
import {isFreeText, jsonInText, jsonOf} from './values.js';

// Texts up to this length are likely to repeat.
const REPEATED = 24;

export const createCellWriter = ({core, view, texts, rejected}: Context) => {
  const newIndex = (view + VIEW_NEW) >>> 2;

  /** Puts words into the view's cell. */
  const putTagged = (tag: number, payload: number): void => {
    refresh();
    i32[newIndex] = payload;
    i32[newIndex + 1] = tag;
  };

  /** The handle of a cell's text or JSON. */
  const handleOf = (text: string): number => {
    const known = text.length > REPEATED ? NONE : texts.repeated(text);
    const handle = known === NONE ? core.cellText(putText(text), isUtf16) : known;
    releaseText();
    return handle;
  };

  const reject = (thing: unknown): void => putTagged(TAG_REJECTED, rejected.push(thing) - 1);

  /** Puts a cell into the view, where Rust finds it, or what was offered as one and cannot be. */
  const putCell = (cell: unknown, isEncoded: boolean): void => {
    switch (typeof cell) {
      case 'number':
        if (!Number.isFinite(cell)) {
          reject(cell);
          return;
        }
        refresh();
        f64[newIndex >> 1] = cell;
        return;
      case 'string':
        if (isFreeText(cell)) {
          putTagged(TAG_TEXT, handleOf(cell));
        } else {
          putJson(isEncoded ? jsonInText(cell) : undefined, cell);
        }
        return;
      case 'boolean':
        putTagged(TAG_BOOLEAN, cell ? 1 : 0);
        return;
      case 'object':
        if (cell === null) {
          putTagged(TAG_NULL, 0);
        } else {
          putJson(jsonOf(cell), cell);
        }
        return;
      default:
        reject(cell);
    }
  };

  const putJson = (json: string | undefined, thing: unknown): void => {
    if (json === undefined) {
      reject(thing);
    } else {
      putTagged(TAG_JSON, handleOf(json));
    }
  };

  return putCell;
};

/** Puts a cell into the view. */
export type CellWriter = ReturnType<typeof createCellWriter>;
