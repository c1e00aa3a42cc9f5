// Keeps the listeners' functions, and calls the one that Rust names with what it is to be told.
import type {Context} from './context.js';
import * as kinds from './kinds.js';
import {NEVER, NONE, UNDEFINED, VIEW_KIND, VIEW_LISTENER, VIEW_NEW, VIEW_OLD, VIEW_PATH, VIEW_STATE} from './layout.js';
import {i32, refresh} from './memory.js';
import {createOffered} from './offered.js';
import {asId} from './context.js';
import type {Cell, GetCellChange, GetIdChanges, GetValueChange, Id, StoreListenerStats} from './types/store.js';
import {sortingOf, type Sort, type Sorting} from './sorting.js';
import {emptyObject, isPlainObject} from './values.js';

type Listener = (...args: unknown[]) => unknown;

/** A listener as it was registered. */
export interface Registration {
  readonly id: number;
  readonly kind: number;
  /** The ids and wildcards, as they were given. */
  readonly path: readonly unknown[];
  readonly listener: Listener;
  /** For sorted row ids: what is wanted. */
  readonly sorting?: Sorting;
}

export const createListening = (context: Context, sort: Sort) => {
  const {core, view, texts, tables} = context;
  const {offeredIn} = createOffered(context);
  const registrations: (Registration | undefined)[] = [];
  // How often a listener has come or gone.
  let changes = 0;
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
    // The old one first: what is decoded may be JSON, but never runs user code.
    return [isTouched, tables.decode((view + VIEW_OLD) >>> 2), tables.decode((view + VIEW_NEW) >>> 2)];
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

  /** The same of something invalid, which may have been offered where there was no id. */
  const pathIdOrNone = (level: number): string | undefined =>
    (i32[pathIndex + level] as number) >>> 0 === NONE ? undefined : pathId(level);

  /** How many there are of what the listener is told of, or 1 or 0 for whether it is there. */
  const state = (): number => i32[(view + VIEW_STATE) >>> 2] as number;

  /** What a listener is told after the ids, unless its kind is told more than one thing. */
  const told = (kind: number): unknown => {
    switch (kind) {
      case kinds.TABLES:
      case kinds.TABLE:
      case kinds.ROW:
        return getCellChange;
      case kinds.VALUES:
        return getValueChange;
      case kinds.TABLE_IDS:
      case kinds.TABLE_CELL_IDS:
      case kinds.ROW_IDS:
      case kinds.CELL_IDS:
      case kinds.VALUE_IDS:
        return idChanges();
      case kinds.ROW_COUNT:
        return state();
      default:
        return state() !== 0;
    }
  };

  /** Calls a listener to sorted row ids, if its page is another one than before. */
  const callSorted = (registration: Registration): void => {
    const {id, listener} = registration;
    const args = registration.sorting as Sorting;
    const page = sort.page(id, args, () => registrations[id] === registration);
    if (page !== undefined) {
      const {tableId, cellId, descending, offset, limit} = args;
      listener(context.store, tableId, cellId, descending, offset, limit, page);
    }
  };

  const call = (): void => {
    refresh();
    const kind = i32[viewIndex + (VIEW_KIND >> 2)] as number;
    const registration = registrations[i32[viewIndex + (VIEW_LISTENER >> 2)] as number] as Registration;
    const {listener, path} = registration;
    const {store} = context;
    switch (kind) {
      case kinds.START_TRANSACTION:
      case kinds.WILL_FINISH_TRANSACTION:
      case kinds.DID_FINISH_TRANSACTION:
        listener(store);
        return;
      case kinds.SORTED_ROW_IDS:
        callSorted(registration);
        return;
      case kinds.CELL: {
        const tableId = pathId(0);
        const rowId = pathId(1);
        const cellId = pathId(2);
        const newCell = tables.decode((view + VIEW_NEW) >>> 2);
        const oldCell = tables.decode((view + VIEW_OLD) >>> 2);
        listener(store, tableId, rowId, cellId, newCell, oldCell, getCellChange);
        return;
      }
      case kinds.VALUE: {
        const valueId = pathId(0);
        const newValue = tables.decode((view + VIEW_NEW) >>> 2);
        const oldValue = tables.decode((view + VIEW_OLD) >>> 2);
        listener(store, valueId, newValue, oldValue, getValueChange);
        return;
      }
    }
    if (kind === kinds.INVALID_CELL || kind === kinds.INVALID_VALUE) {
      const ids = path.map((_, level) => pathIdOrNone(level));
      core.offeredOut();
      listener(store, ...ids, offeredIn(tables.out()));
      return;
    }
    switch (path.length) {
      case 0:
        listener(store, told(kind));
        break;
      case 1:
        listener(store, pathId(0), told(kind));
        break;
      case 2:
        listener(store, pathId(0), pathId(1), told(kind));
        break;
      case 3:
        listener(store, pathId(0), pathId(1), pathId(2), told(kind));
        break;
    }
  };

  /** Calls a listener to cells with each of the changes in the output. */
  const callForEach = (): void => {
    refresh();
    const {listener} = registrations[i32[viewIndex + (VIEW_LISTENER >> 2)] as number] as Registration;
    // A copy: what a listener reads comes by way of the output, too.
    const words = tables.out();
    const doubles = new Float64Array(words.buffer);
    const {store} = context;
    const before = changes;
    // A run stays in its table, and mostly for some cells in a row.
    const tableId = texts.text(words[0] as number);
    let row = -1;
    let rowId = '';
    for (let index = 0; index < words.length; index += 8) {
      if (words[index + 1] !== row) {
        row = words[index + 1] as number;
        rowId = texts.text(row);
      }
      const cellId = texts.text(words[index + 2] as number);
      const newCell = tables.decodeFrom(words, doubles, index + 4);
      const oldCell = tables.decodeFrom(words, doubles, index + 6);
      listener(store, tableId, rowId, cellId, newCell, oldCell, getCellChange);
      if (changes !== before) {
        core.endRun(index / 8 + 1);
        return;
      }
    }
  };

  /** A step of a listener's path: only texts, the wildcard, and where there is no id `undefined` match anything. */
  const step = (id: unknown): number => {
    if (id === null) {
      return NONE;
    }
    return typeof id === 'string' ? texts.intern(id) : id === undefined ? UNDEFINED : NEVER;
  };

  const add = (kind: number, path: readonly unknown[], listener: unknown, mutator?: boolean): Id => {
    const [first, second, third] = [0, 1, 2].map((level) => (level < path.length ? step(path[level]) : NONE));
    changes++;
    const id = core.addListener(kind, Boolean(mutator), first as number, second as number, third as number);
    registrations[id] = {id, kind, path, listener: listener as Listener};
    return `${id}`;
  };

  const objects = new WeakMap<object, number>();
  let objectCount = 0;

  /** What tells things apart that are given in place of ids: objects are told apart by identity. */
  const oddityOf = (id: unknown): string => {
    if (id === undefined || id === null || typeof id === 'string') {
      return '';
    }
    if (typeof id !== 'object' && typeof id !== 'function') {
      return `${typeof id} ${asId(id)}`;
    }
    const number = objects.get(id) ?? objectCount++;
    objects.set(id, number);
    return `object ${number}`;
  };

  const addSorted = (sorting: Sorting, listener: unknown, mutator: unknown): Id => {
    const {tableId, cellId} = sorting;
    // Listeners with different ids take turns, and are counted apart, also those with what is no id.
    const oddities = [tableId, cellId].map(oddityOf);
    const oddity = oddities.some((odd) => odd !== '') ? oddities.join() : undefined;
    changes++;
    const id = sort.add(sorting, Boolean(mutator), () => [
      step(tableId),
      step(cellId),
      oddity === undefined ? NONE : texts.intern(oddity),
    ]);
    const [kind, path] = [kinds.SORTED_ROW_IDS, [tableId, cellId]];
    registrations[id] = {id, kind, path, listener: listener as Listener, sorting};
    return `${id}`;
  };

  /** The number of a listener, if the text is one that `add` gives: others would be cut to 32 bits, and name another. */
  const numberOf = (listenerId: unknown): number | undefined =>
    typeof listenerId === 'string' && /^(0|[1-9]\d{0,8})$/.test(listenerId) ? Number(listenerId) : undefined;

  return {
    call,
    callForEach,

    /** Looks at once whether the page of a listener to sorted row ids has changed, and if so calls it. */
    callSortedNow(registration: Registration): void {
      if (registrations[registration.id] === registration && core.turnPage(registration.id)) {
        callSorted(registration);
      }
    },

    /** The listener of an id. */
    find(listenerId: unknown): Registration | undefined {
      const id = numberOf(listenerId);
      return id === undefined ? undefined : registrations[id];
    },

    /** Takes a listener out; an unknown id does nothing. */
    del(listenerId: unknown): void {
      const id = numberOf(listenerId);
      if (id !== undefined && core.delListener(id)) {
        changes++;
        registrations[id] = undefined;
      }
    },

    getListenerStats(): StoreListenerStats {
      const stats: Partial<StoreListenerStats> = {};
      for (const [name, counted] of Object.entries(kinds.COUNTED)) {
        const count = counted.reduce((sum, kind) => sum + core.listenerCount(kind), 0);
        stats[name as keyof StoreListenerStats] = count;
      }
      return stats as StoreListenerStats;
    },

    addStartTransactionListener: (listener: unknown) => add(kinds.START_TRANSACTION, [], listener),
    addWillFinishTransactionListener: (listener: unknown) => add(kinds.WILL_FINISH_TRANSACTION, [], listener),
    addDidFinishTransactionListener: (listener: unknown) => add(kinds.DID_FINISH_TRANSACTION, [], listener),
    addHasTablesListener: (listener: unknown, mutator?: boolean) => add(kinds.HAS_TABLES, [], listener, mutator),
    addTablesListener: (listener: unknown, mutator?: boolean) => add(kinds.TABLES, [], listener, mutator),
    addTableIdsListener: (listener: unknown, mutator?: boolean) => add(kinds.TABLE_IDS, [], listener, mutator),
    addHasTableListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.HAS_TABLE, [table], listener, mutator),
    addTableListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.TABLE, [table], listener, mutator),
    addTableCellIdsListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.TABLE_CELL_IDS, [table], listener, mutator),
    addHasTableCellListener: (table: unknown, cell: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.HAS_TABLE_CELL, [table, cell], listener, mutator),
    addRowCountListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.ROW_COUNT, [table], listener, mutator),
    addRowIdsListener: (table: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.ROW_IDS, [table], listener, mutator),
    addSortedRowIdsListener: (...args: unknown[]): Id => {
      if (isPlainObject(args[0])) {
        const sorting = sortingOf(args[0]);
        // Unlike in getSortedRowIds, null counts as nothing here.
        const {descending, offset} = sorting;
        return addSorted({...sorting, descending: descending ?? false, offset: offset ?? 0}, args[1], args[2]);
      }
      const [tableId, cellId, descending, offset, limit, listener, mutator] = args;
      return addSorted({tableId, cellId, descending, offset, limit, sorter: undefined}, listener, mutator);
    },
    addHasRowListener: (table: unknown, row: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.HAS_ROW, [table, row], listener, mutator),
    addRowListener: (table: unknown, row: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.ROW, [table, row], listener, mutator),
    addCellIdsListener: (table: unknown, row: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.CELL_IDS, [table, row], listener, mutator),
    addHasCellListener: (table: unknown, row: unknown, cell: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.HAS_CELL, [table, row, cell], listener, mutator),
    addCellListener: (table: unknown, row: unknown, cell: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.CELL, [table, row, cell], listener, mutator),
    addHasValuesListener: (listener: unknown, mutator?: boolean) => add(kinds.HAS_VALUES, [], listener, mutator),
    addValuesListener: (listener: unknown, mutator?: boolean) => add(kinds.VALUES, [], listener, mutator),
    addValueIdsListener: (listener: unknown, mutator?: boolean) => add(kinds.VALUE_IDS, [], listener, mutator),
    addHasValueListener: (value: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.HAS_VALUE, [value], listener, mutator),
    addValueListener: (value: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.VALUE, [value], listener, mutator),
    addInvalidCellListener: (table: unknown, row: unknown, cell: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.INVALID_CELL, [table, row, cell], listener, mutator),
    addInvalidValueListener: (value: unknown, listener: unknown, mutator?: boolean) =>
      add(kinds.INVALID_VALUE, [value], listener, mutator),
  };
};

/** The listeners of a store. */
export type Listening = ReturnType<typeof createListening>;
