// Keeps the listeners' functions, and calls the one that Rust names with what it is to be told.
import type {Context} from './context.js';
import {NEVER, NONE, VIEW_KIND, VIEW_LISTENER, VIEW_NEW, VIEW_OLD, VIEW_PATH} from './layout.js';
import {i32, refresh} from './memory.js';
import {asId} from './context.js';
import type {Cell, GetCellChange, GetIdChanges, GetValueChange, Id} from './types/store.js';
import {emptyObject} from './values.js';

// The kinds of listeners, by the numbers that Rust gives them (`src/store/listeners.rs`).
const START_TRANSACTION = 0;
const WILL_FINISH_TRANSACTION = 1;
const DID_FINISH_TRANSACTION = 2;
const TABLES = 3;
const TABLE_IDS = 4;
const TABLE = 5;
const ROW_IDS = 6;
const ROW = 7;
const CELL_IDS = 8;
const CELL = 9;
const VALUES = 10;
const VALUE_IDS = 11;
const VALUE = 12;

type Listener = (...args: unknown[]) => unknown;

export const createListening = ({core, view, texts, tables, getStore}: Context) => {
  const listeners: (Listener | undefined)[] = [];
  const viewIndex = view >>> 2;
  const pathIndex = (view + VIEW_PATH) >>> 2;

  const getCellChange: GetCellChange = (tableId, rowId, cellId) => {
    const handles = [tableId, rowId, cellId].map((id) => texts.find(asId(id)));
    const [table, row, cell] = handles as [number, number, number];
    return change(core.cellChange(table, row, cell));
  };

  const getValueChange: GetValueChange = (valueId) => change(core.valueChange(texts.find(asId(valueId))));

  const change = (isTouched: boolean): [boolean, Cell | undefined, Cell | undefined] => {
    refresh();
    const {decode} = tables;
    // The old one first: what is decoded may be JSON, but never runs user code.
    return [isTouched, decode((view + VIEW_OLD) >>> 2), decode((view + VIEW_NEW) >>> 2)];
  };

  /** The id changes of the call that is being made; they stay what they are for ever. */
  const idChanges = (): GetIdChanges => {
    core.idSetOut();
    const words = tables.out();
    const ids: [Id, 1 | -1][] = [];
    for (let index = 0; index < words.length; index += 2) {
      ids.push([texts.text(words[index] as number), words[index + 1] as 1 | -1]);
    }
    return () => {
      const changes = emptyObject<1 | -1>();
      for (const [id, change] of ids) {
        changes[id] = change;
      }
      return changes;
    };
  };

  const pathId = (level: number): string => texts.text(i32[pathIndex + level] as number);

  const call = (): void => {
    refresh();
    const kind = i32[viewIndex + (VIEW_KIND >> 2)] as number;
    const listener = listeners[i32[viewIndex + (VIEW_LISTENER >> 2)] as number] as Listener;
    const store = getStore();
    switch (kind) {
      case START_TRANSACTION:
      case WILL_FINISH_TRANSACTION:
      case DID_FINISH_TRANSACTION:
        listener(store);
        break;
      case TABLES:
        listener(store, getCellChange);
        break;
      case TABLE_IDS:
      case VALUE_IDS:
        listener(store, idChanges());
        break;
      case TABLE:
        listener(store, pathId(0), getCellChange);
        break;
      case ROW_IDS:
        listener(store, pathId(0), idChanges());
        break;
      case ROW:
        listener(store, pathId(0), pathId(1), getCellChange);
        break;
      case CELL_IDS:
        listener(store, pathId(0), pathId(1), idChanges());
        break;
      case CELL: {
        const tableId = pathId(0);
        const rowId = pathId(1);
        const cellId = pathId(2);
        const newCell = tables.decode((view + VIEW_NEW) >>> 2);
        const oldCell = tables.decode((view + VIEW_OLD) >>> 2);
        listener(store, tableId, rowId, cellId, newCell, oldCell, getCellChange);
        break;
      }
      case VALUES:
        listener(store, getValueChange);
        break;
      case VALUE: {
        const valueId = pathId(0);
        const newValue = tables.decode((view + VIEW_NEW) >>> 2);
        const oldValue = tables.decode((view + VIEW_OLD) >>> 2);
        listener(store, valueId, newValue, oldValue, getValueChange);
        break;
      }
    }
  };

  /** A step of a listener's path: only texts and the wildcard match anything. */
  const step = (id: unknown): number => (id === null ? NONE : typeof id === 'string' ? texts.intern(id) : NEVER);

  const add = (kind: number, path: unknown[], listener: unknown, mutator?: boolean): Id => {
    const [first, second, third] = [0, 1, 2].map((level) => (level < path.length ? step(path[level]) : NONE));
    const id = core.addListener(kind, Boolean(mutator), first as number, second as number, third as number);
    listeners[id] = listener as Listener;
    return `${id}`;
  };

  return {
    call,

    addStartTransactionListener: (listener: unknown) => add(START_TRANSACTION, [], listener),
    addWillFinishTransactionListener: (listener: unknown) => add(WILL_FINISH_TRANSACTION, [], listener),
    addDidFinishTransactionListener: (listener: unknown) => add(DID_FINISH_TRANSACTION, [], listener),
    addTablesListener: (listener: unknown, mutator?: boolean) => add(TABLES, [], listener, mutator),
    addTableIdsListener: (listener: unknown, mutator?: boolean) => add(TABLE_IDS, [], listener, mutator),
    addTableListener: (table: unknown, listener: unknown, mutator?: boolean) => add(TABLE, [table], listener, mutator),
    addRowIdsListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(ROW_IDS, [table], listener, mutator),
    addRowListener: (table: unknown, row: unknown, listener: unknown, mutator?: boolean) =>
      add(ROW, [table, row], listener, mutator),
    addCellIdsListener: (table: unknown, row: unknown, listener: unknown, mutator?: boolean) =>
      add(CELL_IDS, [table, row], listener, mutator),
    addCellListener: (table: unknown, row: unknown, cell: unknown, listener: unknown, mutator?: boolean) =>
      add(CELL, [table, row, cell], listener, mutator),
    addValuesListener: (listener: unknown, mutator?: boolean) => add(VALUES, [], listener, mutator),
    addValueIdsListener: (listener: unknown, mutator?: boolean) => add(VALUE_IDS, [], listener, mutator),
    addValueListener: (value: unknown, listener: unknown, mutator?: boolean) => add(VALUE, [value], listener, mutator),

    /** Takes a listener out; an unknown id does nothing. */
    delListener(listenerId: unknown): void {
      // Only what `add` gives: other texts of numbers would be cut to 32 bits, and name another listener.
      if (typeof listenerId === 'string' && /^(0|[1-9]\d{0,8})$/.test(listenerId)) {
        const id = Number(listenerId);
        if (core.delListener(id)) {
          listeners[id] = undefined;
        }
      }
    },
  };
};

/** The listeners of a store. */
export type Listening = ReturnType<typeof createListening>;
