// Finds tables, rows and cells in wasm memory, and reads them there.
//
// What is known of a table (numbers of rows and columns, addresses) is a cache: a change of the
// store's epoch says that some of it may have lost its meaning, and a table's generation whether its
// numbers have. Slots are never given to another row within a generation, so a cached slot is either
// right or dead.
import type {StoreCore} from '../../build/binding/cellarium.js';
import {
  CHUNK_BITS,
  CHUNK_SHAPES,
  NONE,
  TAG_ABSENT,
  TAG_BOOLEAN,
  TAG_JSON,
  TAG_NULL,
  TAG_TEXT,
  VIEW_EPOCH,
  VIEW_OUT_ADDRESS,
  VIEW_OUT_LENGTH,
} from './layout.js';
import {f64, i32, isUtf16, putText, refresh} from './memory.js';
import type {Texts} from './texts.js';
import type {Cell} from './types/store.js';
import {ENCODED_PREFIX, emptyObject} from './values.js';

const ROWS_MASK = (1 << CHUNK_BITS) - 1;
const DEAD = -1;
// Up to this slot it is remembered which row follows which.
const FOLLOWED = 1 << 17;
// The tags as the signed words that an Int32Array gives. No number's high word is among them.
const ABSENT = TAG_ABSENT | 0;

/** A column of a table, as far as this side knows it. */
export interface Column {
  readonly id: string;
  readonly number: number;
  /** Index of its list of block addresses; 0 until asked for in this epoch. */
  blocks: number;
}

/** A list of columns in order, which rows share. */
export interface Shape {
  readonly ids: string[];
  readonly columns: Column[];
}

/** A table, as far as this side knows it. */
export interface TableView {
  readonly id: string;
  readonly handle: number;
  readonly generation: number;
  readonly slots: Map<string, number>;
  /** The row of each cached slot, the other way round. */
  rowAt: string[];
  readonly columns: Map<string, Column>;
  readonly shapes: Shape[];
  epoch: number;
  /** Index of its list of chunk addresses. */
  chunks: number;
  rows: Rows | undefined;
  /** The row that was read or written last, and its slot; the column that was read or written last. */
  latestRow: string | undefined;
  latestSlot: number;
  latestColumn: Column | undefined;
  /** How many slots may be cached before it is worth looking whether they are still alive. */
  limit: number;
}

/** The rows of a table in order, as long as none comes or goes. */
export interface Rows {
  readonly changes: number;
  readonly slots: Int32Array;
  readonly ids: string[];
}

/** Finds and reads what is in the tables of a store. A class, so that stores share its optimised code. */
export class Tables {
  private readonly tables = new Map<string, TableView>();
  private readonly epochIndex: number;
  private latest: TableView | undefined;
  private limit = 64;

  constructor(
    private readonly core: StoreCore,
    private readonly view: number,
    private readonly texts: Texts,
  ) {
    this.epochIndex = (view + VIEW_EPOCH) >>> 2;
  }

  /** Forgets tables that are gone, now and then. */
  private prune(): void {
    if (this.tables.size >= this.limit) {
      for (const [id, table] of this.tables) {
        if (this.core.generation(table.handle) !== table.generation) {
          this.tables.delete(id);
        }
      }
      this.limit = Math.max(64, this.tables.size * 2);
    }
  }

  private open(id: string): TableView | undefined {
    const handle = this.texts.find(id);
    const generation = handle === NONE ? 0 : this.core.generation(handle);
    if (generation === 0) {
      this.tables.delete(id);
      return undefined;
    }
    let table = this.tables.get(id);
    if (table?.generation !== generation || table.handle !== handle) {
      table = {
        id,
        handle,
        generation,
        slots: new Map(),
        rowAt: [],
        columns: new Map(),
        shapes: [],
        epoch: 0,
        chunks: 0,
        rows: undefined,
        latestRow: undefined,
        latestSlot: 0,
        latestColumn: undefined,
        limit: 1024,
      };
      this.prune();
      this.tables.set(id, table);
    }
    for (const column of table.columns.values()) {
      column.blocks = 0;
    }
    table.chunks = this.core.chunksAddress(handle) >>> 2;
    refresh();
    table.epoch = i32[this.epochIndex] as number;
    return table;
  }

  /** The table, if there is one. */
  find(id: string): TableView | undefined {
    const table = this.latest?.id === id ? this.latest : this.tables.get(id);
    // A detached array gives undefined, which is no epoch.
    if (table !== undefined && table.epoch === i32[this.epochIndex]) {
      return (this.latest = table);
    }
    return (this.latest = this.open(id));
  }

  private shapeAt(table: TableView, slot: number): number {
    const chunk = i32[table.chunks + (slot >> CHUNK_BITS)] as number;
    return chunk === 0 ? DEAD : (i32[((chunk + CHUNK_SHAPES) >>> 2) + (slot & ROWS_MASK)] as number);
  }

  rememberSlot(table: TableView, row: string, slot: number): void {
    if (table.slots.size >= table.limit) {
      if (table.slots.size > this.core.rowCount(table.handle) * 2) {
        table.slots.clear();
        table.rowAt = [];
      }
      table.limit = Math.max(1024, table.slots.size * 2);
    }
    table.slots.set(row, slot);
    table.latestRow = row;
    table.latestSlot = slot;
    if (slot < FOLLOWED) {
      while (table.rowAt.length < slot) {
        table.rowAt.push('');
      }
      table.rowAt[slot] = row;
    }
  }

  /** The slot of a row, if it is cached; it may be dead. */
  knownSlot(table: TableView, row: string): number | undefined {
    // Apps read and write one cell of a row after another, and one row after another.
    if (table.latestRow === row) {
      return table.latestSlot;
    }
    const next = table.latestSlot + 1;
    const slot = table.rowAt[next] === row && row !== '' ? next : table.slots.get(row);
    if (slot !== undefined) {
      table.latestRow = row;
      table.latestSlot = slot;
    }
    return slot;
  }

  /** The slot of a row, or -1. */
  slotOf(table: TableView, row: string): number {
    const cached = table.slots.get(row);
    if (cached !== undefined && this.shapeAt(table, cached) !== DEAD) {
      return cached;
    }
    const slot = this.core.slotOf(table.handle, putText(row), isUtf16);
    refresh();
    if (slot === NONE) {
      table.slots.delete(row);
      table.latestRow = undefined;
      return -1;
    }
    this.rememberSlot(table, row, slot);
    return slot;
  }

  private columnNumbered(table: TableView, id: string, number: number): Column {
    let column = table.columns.get(id);
    if (column === undefined) {
      column = {id, number, blocks: 0};
      table.columns.set(id, column);
    }
    return column;
  }

  /** The column of a cell id, if it is cached. */
  knownColumn(table: TableView, id: string): Column | undefined {
    // Whole columns are often gone through, so the latest is likely to be this one.
    const latest = table.latestColumn;
    return latest?.id === id ? latest : (table.latestColumn = table.columns.get(id));
  }

  /** The column of a cell id, if the table has one. */
  columnOf(table: TableView, id: string): Column | undefined {
    const cached = table.columns.get(id);
    if (cached !== undefined) {
      return cached;
    }
    const handle = this.texts.find(id);
    const number = handle === NONE ? NONE : this.core.columnOf(table.handle, handle);
    refresh();
    return number === NONE ? undefined : this.columnNumbered(table, id, number);
  }

  /** The index, in 32-bit words, of a cell; 0 if its block is not there. */
  indexOf(table: TableView, slot: number, column: Column): number {
    if (column.blocks === 0) {
      column.blocks = this.core.blocksAddress(table.handle, column.number) >>> 2;
      refresh();
    }
    const block = i32[column.blocks + (slot >> CHUNK_BITS)] as number;
    return block === 0 ? 0 : (block >>> 2) + (slot & ROWS_MASK) * 2;
  }

  /** The index of a cell; 0 if there is none. */
  private locate(tableId: string, rowId: string, cellId: string): number {
    const table = this.find(tableId);
    if (table === undefined) {
      return 0;
    }
    const slot = this.knownSlot(table, rowId);
    const column = this.knownColumn(table, cellId);
    if (slot !== undefined && column !== undefined) {
      const index = this.indexOf(table, slot, column);
      // A dead slot reads as absent, so what is there needs no second look.
      if (index !== 0 && i32[index + 1] !== ABSENT) {
        return index;
      }
    }
    return this.locateAnew(table, rowId, cellId);
  }

  /** The same, without relying on what is cached. */
  private locateAnew(table: TableView, rowId: string, cellId: string): number {
    const slot = this.slotOf(table, rowId);
    const column = slot < 0 ? undefined : this.columnOf(table, cellId);
    const index = column === undefined ? 0 : this.indexOf(table, slot, column);
    return index !== 0 && i32[index + 1] !== ABSENT ? index : 0;
  }

  /** The cell or value whose two words are at an index; encoded means that an object or array stays a text. */
  decode(index: number, isEncoded = false): Cell | undefined {
    return this.decodeFrom(i32, f64, index, isEncoded);
  }

  /** The same in other words than those of the memory, which are seen as doubles, too. */
  decodeFrom(words: Int32Array, doubles: Float64Array, index: number, isEncoded = false): Cell | undefined {
    const high = words[index + 1] as number;
    if (high >= ABSENT && high < 0) {
      const low = words[index] as number;
      switch (high >>> 0) {
        case TAG_TEXT:
          return this.texts.text(low);
        case TAG_BOOLEAN:
          return low !== 0;
        case TAG_NULL:
          return null;
        case TAG_JSON:
          return isEncoded ? ENCODED_PREFIX + this.texts.text(low) : (JSON.parse(this.texts.text(low)) as Cell);
        default:
          return undefined;
      }
    }
    return doubles[index >> 1];
  }

  /** The handle of the text that a cell refers to, or -1. */
  private textAt(index: number): number {
    const tag = (i32[index + 1] as number) >>> 0;
    return index !== 0 && (tag === TAG_TEXT || tag === TAG_JSON) ? (i32[index] as number) : -1;
  }

  private shapeOf(table: TableView, number: number): Shape {
    let shape = table.shapes[number];
    if (shape === undefined) {
      this.core.shapeOut(table.handle, number);
      const words = this.out();
      const ids = this.texts.list(words.filter((_, index) => index % 2 === 1));
      const columns = ids.map((id, index) => this.columnNumbered(table, id, words[index * 2] as number));
      shape = {ids, columns};
      // Shapes are numbered from 0 without gaps, but a table may have very many.
      if (number < 1 << 16) {
        while (table.shapes.length < number) {
          table.shapes.push(undefined as unknown as Shape);
        }
        table.shapes[number] = shape;
      }
    }
    return shape;
  }

  /** A copy of the latest output of words, as 32-bit words: the low one first, then the high one. */
  out(): Int32Array {
    refresh();
    const start = (i32[(this.view + VIEW_OUT_ADDRESS) >>> 2] as number) >>> 2;
    return i32.slice(start, start + (i32[(this.view + VIEW_OUT_LENGTH) >>> 2] as number) * 2);
  }

  /** Whether there is a row in a slot. */
  isAlive(table: TableView, slot: number): boolean {
    return this.shapeAt(table, slot) !== DEAD;
  }

  /** The columns of a row in order. */
  shape(table: TableView, slot: number): Shape {
    return this.shapeOf(table, this.shapeAt(table, slot));
  }

  /** A cell; `undefined` if there is none. */
  cell(tableId: string, rowId: string, cellId: string): Cell | undefined {
    const index = this.locate(tableId, rowId, cellId);
    return index === 0 ? undefined : this.decode(index);
  }

  /** Whether there is a cell. */
  hasCell(tableId: string, rowId: string, cellId: string): boolean {
    return this.locate(tableId, rowId, cellId) !== 0;
  }

  /** The cells of an id that the rows in some slots have; their texts cross in one piece. */
  cells(table: TableView, slots: Int32Array, cellId: string): (Cell | undefined)[] {
    const column = this.columnOf(table, cellId);
    if (column === undefined) {
      return new Array<undefined>(slots.length).fill(undefined);
    }
    const indices = slots.map((slot) => this.indexOf(table, slot, column));
    // Decoding finds the texts at hand afterwards.
    this.texts.list(indices.map((index) => this.textAt(index)).filter((handle) => handle !== -1));
    return Array.from(indices, (index) => (index === 0 ? undefined : this.decode(index)));
  }

  /** A row as an object. */
  row(table: TableView, slot: number, isEncoded: boolean): Record<string, Cell> {
    const {ids, columns} = this.shapeOf(table, this.shapeAt(table, slot));
    const row = emptyObject<Cell>();
    for (let index = 0; index < ids.length; index++) {
      row[ids[index] as string] = this.decode(this.indexOf(table, slot, columns[index] as Column), isEncoded) as Cell;
    }
    return row;
  }

  /** The rows of a table in order. */
  rows(table: TableView): Rows {
    const changes = this.core.rowChanges(table.handle);
    let {rows} = table;
    if (rows?.changes !== changes) {
      this.core.rowsOut(table.handle);
      const words = this.out();
      const slots = new Int32Array(words.length / 2);
      const handles = new Int32Array(words.length / 2);
      for (let index = 0; index < handles.length; index++) {
        slots[index] = words[index * 2] as number;
        handles[index] = words[index * 2 + 1] as number;
      }
      rows = table.rows = {changes, slots, ids: this.texts.list(handles)};
    }
    return rows;
  }
}
