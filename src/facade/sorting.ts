// The rows of a table in the order of a cell, of their ids, or of a function of the app's.
import type {Context} from './context.js';
import {asId} from './context.js';
import {NEVER, NONE} from './layout.js';
import {putWords, releaseText} from './memory.js';
import type {Reading} from './reading.js';
import type {Id, Ids, SortedRowIdsArgs, Sorter, SortKey} from './types/store.js';
import {isPlainObject} from './values.js';

/** What was asked for, in either form, with what was left out. */
export interface Sorting {
  readonly tableId: unknown;
  readonly cellId: unknown;
  readonly descending: unknown;
  readonly offset: unknown;
  readonly limit: unknown;
  readonly sorter: Sorter | undefined;
}

/** Reads the arguments from an object. */
export const sortingOf = (args: object): Sorting => {
  const {tableId, cellId, descending = false, offset = 0, limit, sorter} = args as SortedRowIdsArgs;
  return {tableId, cellId, descending, offset, limit, sorter};
};

/** A number as `slice` takes it; throws for what it would throw for. */
const toNumber = (thing: unknown): number => +(thing as number);

/** The first place that is asked for, and the one after the last; negative ones count from the end. */
const placesOf = ({offset = 0, limit}: Sorting): [number, number] => {
  // Just as TinyBase adds them, whatever they are.
  const end = limit === undefined ? Infinity : (offset as number) + (limit as number);
  return [toNumber(offset), toNumber(end)];
};

// Never 0: that keeps equal keys in order, and reverses them if the result is negated.
const compare = (key1: SortKey, key2: SortKey): number => ((key1 ?? 0) < (key2 ?? 0) ? -1 : 1);

export const createSorting = ({core, texts, tables}: Context, {idsOut}: Reading) => {
  /** The ids in the order that JavaScript's own sorting gives, where Rust has none or a function is to decide. */
  const sortHere = (tableId: string, cellId: string | undefined, {descending, sorter = compare}: Sorting): Ids => {
    const table = tables.find(tableId);
    if (table === undefined) {
      return [];
    }
    const rows = tables.rows(table);
    const keys: SortKey[] = cellId === undefined ? rows.ids : tables.cells(table, rows.slots, cellId);
    const sign = descending ? -1 : 1;
    // From here on a function of the app's may run, so nothing is read from the store any more.
    return rows.ids
      .map((id, index): [SortKey, Id] => [keys[index], id])
      .sort(([key1], [key2]) => sorter(key1, key2) * sign)
      .map(([, id]) => id);
  };

  /** The number of the cell that rows are sorted by, as Rust takes it; see `src/binding/store/sorted.rs`. */
  const cellNumber = (cellId: string | undefined): number => {
    if (cellId === undefined) {
      return NONE;
    }
    const cell = texts.find(cellId);
    // An id that the store has never met is no row's cell.
    return cell === NONE ? NEVER : cell;
  };

  const cellText = (cellId: unknown): string | undefined => (cellId === undefined ? undefined : asId(cellId));

  const getSortedRowIds = (args: Sorting): Ids => {
    if (isPlainObject(args.tableId)) {
      return getSortedRowIds(sortingOf(args.tableId));
    }
    // To make texts of these may run an app's code, so it is done before anything is looked up.
    const tableId = asId(args.tableId);
    const cellId = cellText(args.cellId);
    if (args.sorter === undefined) {
      const [start, end] = placesOf(args);
      const table = tables.find(tableId);
      if (table === undefined) {
        return [];
      }
      const cell = cellNumber(cellId);
      if (core.sortedOut(table.handle, cell, Boolean(args.descending), start, end)) {
        return idsOut(2);
      }
    }
    const ids = sortHere(tableId, cellId, args);
    return ids.slice(...placesOf(args));
  };

  /** Tells Rust what is on a listener's page; whether that is new. */
  const offer = (id: number, page: Ids): boolean => {
    const isNew = core.offerPage(id, putWords(page.map((rowId) => texts.intern(rowId))));
    releaseText();
    return isNew;
  };

  const add = (args: Sorting, mutator: boolean, steps: () => [number, number, number]): number => {
    if (isPlainObject(args.tableId)) {
      return add(sortingOf(args.tableId), mutator, steps);
    }
    const {descending, sorter} = args;
    const tableId = asId(args.tableId);
    const cellId = cellText(args.cellId);
    // Sorted before there is a listener, since a function of the app's may throw.
    const isPlain = sorter === undefined && core.sortedOut(texts.find(tableId), cellNumber(cellId), false, 0, 0);
    const page = isPlain ? undefined : getSortedRowIds(args);
    const places = placesOf(args);
    const table = texts.intern(tableId);
    const cell = cellId === undefined ? NONE : texts.intern(cellId);
    const isCustom = sorter !== undefined;
    const id = core.addSortedListener(mutator, ...steps(), table, cell, Boolean(descending), ...places, isCustom);
    if (page !== undefined) {
      offer(id, page);
    }
    return id;
  };

  return {
    /** Registers a listener to a page, at a path; gives its number. */
    add,

    /** The page of a listener whose turn it is; `undefined` if it turns out to be the same as before. */
    page(id: number, args: Sorting, isThere: () => boolean): Ids | undefined {
      if (core.pageOut(id)) {
        return idsOut(2);
      }
      const page = getSortedRowIds(args);
      // A function that sorts may delete the listener, and its number go to another.
      return isThere() && offer(id, page) ? page : undefined;
    },

    methods: {
      getSortedRowIds: (
        tableId: Id | SortedRowIdsArgs,
        cellId?: Id,
        descending = false,
        offset = 0,
        limit?: number,
        sorter?: Sorter,
      ): Ids => getSortedRowIds({tableId, cellId, descending, offset, limit, sorter}),
    },
  };
};

/** Sorts row ids. */
export type Sort = ReturnType<typeof createSorting>;
