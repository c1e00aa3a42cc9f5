// Puts one cell into a store's view, where Rust finds it.
import type {Context} from './context.js';
import {NONE, TAG_BOOLEAN, TAG_JSON, TAG_NULL, TAG_TEXT, VIEW_NEW} from './layout.js';
import {f64, i32, isUtf16, putText, refresh, releaseText} from './memory.js';
import {isFreeText, jsonInText, jsonOf} from './values.js';

// Texts up to this length are likely to repeat.
const REPEATED = 24;

export const createCellWriter = ({core, view, texts}: Context) => {
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

  /** Puts a cell into the view; false if it is no valid one. */
  const putCell = (cell: unknown, isEncoded: boolean): boolean => {
    switch (typeof cell) {
      case 'number':
        if (!Number.isFinite(cell)) {
          return false;
        }
        refresh();
        f64[newIndex >> 1] = cell;
        return true;
      case 'string':
        if (!isFreeText(cell)) {
          return isEncoded && putJson(jsonInText(cell));
        }
        putTagged(TAG_TEXT, handleOf(cell));
        return true;
      case 'boolean':
        putTagged(TAG_BOOLEAN, cell ? 1 : 0);
        return true;
      case 'object':
        if (cell === null) {
          putTagged(TAG_NULL, 0);
          return true;
        }
        return putJson(jsonOf(cell));
      default:
        return false;
    }
  };

  const putJson = (json: string | undefined): boolean => {
    if (json === undefined) {
      return false;
    }
    putTagged(TAG_JSON, handleOf(json));
    return true;
  };

  return putCell;
};

/** Puts a cell into the view; false if it is no valid one. */
export type CellWriter = ReturnType<typeof createCellWriter>;
