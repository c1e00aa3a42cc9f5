// Sets one cell: puts what was offered as one into a store's view, where Rust finds it, and says where it goes.
import type {StoreCore} from '../../build/binding/cellarium.js';
import {asId, type Context} from './context.js';
import {NONE, TAG_BOOLEAN, TAG_JSON, TAG_NULL, TAG_REJECTED, TAG_TEXT, VIEW_IS_WRITABLE, VIEW_NEW} from './layout.js';
import {f64, i32, isUtf16, putText, refresh, releaseText} from './memory.js';
import type {Tables} from './tables.js';
import type {Texts} from './texts.js';
import type {Transactions} from './transactions.js';
import type {Cell, Id, MapCell, Store} from './types/store.js';
import {isFreeText, jsonInText, jsonOf} from './values.js';

// Texts up to this length are likely to repeat.
const REPEATED = 24;

/** Sets cells and values one by one, within a transaction. A class, so that stores share its optimised code. */
export class CellWriter {
  private readonly core: StoreCore;
  private readonly texts: Texts;
  private readonly tables: Tables;
  private readonly rejected: unknown[];
  private readonly newIndex: number;

  private readonly isWritableIndex: number;

  constructor(
    private readonly context: Context,
    private readonly transactions: Transactions,
  ) {
    const {core, view, texts, tables, rejected} = context;
    this.core = core;
    this.texts = texts;
    this.tables = tables;
    this.rejected = rejected;
    this.newIndex = (view + VIEW_NEW) >>> 2;
    this.isWritableIndex = (view + VIEW_IS_WRITABLE) >>> 2;
  }

  /** Sets a cell, as users call for it: in a transaction of its own if none is open. */
  write(tableId: Id, rowId: Id, cellId: Id, cell: Cell | MapCell): Store {
    const table = asId(tableId);
    const row = asId(rowId);
    const id = asId(cellId);
    // Written out, since this is what apps call most: a closure would cost as much as the write, and so would
    // one more level of a transaction that is open, which only user code could need.
    if (i32[this.isWritableIndex] === 1 && typeof cell !== 'function' && typeof cell !== 'object') {
      this.setCell(table, row, id, cell, false);
    } else if (this.transactions.begin()) {
      try {
        this.setCell(table, row, id, typeof cell === 'function' ? cell(this.tables.cell(table, row, id)) : cell, false);
      } catch (error) {
        this.transactions.fail();
        throw error;
      }
      this.transactions.end();
    }
    return this.context.store;
  }

  /** Sets a cell. */
  setCell(tableId: string, rowId: string, cellId: string, cell: unknown, isEncoded: boolean): void {
    this.put(cell, isEncoded);
    const table = this.tables.find(tableId);
    const slot = table === undefined ? undefined : this.tables.knownSlot(table, rowId);
    const column = table === undefined || slot === undefined ? undefined : this.tables.knownColumn(table, cellId);
    if (table !== undefined && slot !== undefined && column !== undefined) {
      if (this.core.setCellAt(table.handle, slot, column.number)) {
        return;
      }
    }
    const tableHandle = table?.handle ?? this.texts.intern(tableId);
    const cellHandle = this.texts.intern(cellId);
    // The row's id crosses each time that its slot is not known: there may be too many to keep.
    const newSlot = this.core.setCell(tableHandle, putText(rowId), isUtf16, cellHandle);
    if (table !== undefined && newSlot !== NONE) {
      this.tables.rememberSlot(table, rowId, newSlot);
      this.tables.columnOf(table, cellId);
    }
  }

  /** Sets a value. */
  setValue(valueId: string, value: unknown, isEncoded: boolean): void {
    this.put(value, isEncoded);
    this.core.setValue(this.texts.intern(valueId));
  }

  /** Puts a cell into the view, or what was offered as one and cannot be. */
  put(cell: unknown, isEncoded: boolean): void {
    switch (typeof cell) {
      case 'number':
        if (!Number.isFinite(cell)) {
          this.reject(cell);
          return;
        }
        refresh();
        f64[this.newIndex >> 1] = cell;
        return;
      case 'string':
        if (isFreeText(cell)) {
          this.putTagged(TAG_TEXT, this.handleOf(cell));
        } else {
          this.putJson(isEncoded ? jsonInText(cell) : undefined, cell);
        }
        return;
      case 'boolean':
        this.putTagged(TAG_BOOLEAN, cell ? 1 : 0);
        return;
      case 'object':
        if (cell === null) {
          this.putTagged(TAG_NULL, 0);
        } else {
          this.putJson(jsonOf(cell), cell);
        }
        return;
      default:
        this.reject(cell);
    }
  }

  private putTagged(tag: number, payload: number): void {
    refresh();
    i32[this.newIndex] = payload;
    i32[this.newIndex + 1] = tag;
  }

  private putJson(json: string | undefined, thing: unknown): void {
    if (json === undefined) {
      this.reject(thing);
    } else {
      this.putTagged(TAG_JSON, this.handleOf(json));
    }
  }

  private reject(thing: unknown): void {
    this.putTagged(TAG_REJECTED, this.rejected.push(thing) - 1);
  }

  /** The handle of a cell's text or JSON. */
  private handleOf(text: string): number {
    const known = text.length > REPEATED ? NONE : this.texts.repeated(text);
    const handle = known === NONE ? this.core.cellText(putText(text), isUtf16) : known;
    releaseText();
    return handle;
  }
}
