// What the transaction so far has changed: `getTransactionChanges` and `getTransactionLog`.
import type {Context} from './context.js';
import {NONE} from './layout.js';
import {createOffered} from './offered.js';
import type {
  Cell,
  ChangedCell,
  ChangedCellIds,
  ChangedRowIds,
  ChangedTableIds,
  Changes,
  Id,
  IdAddedOrRemoved,
  InvalidCells,
  InvalidValues,
  TransactionLog,
} from './types/store.js';
import {emptyObject} from './values.js';

export const createChanges = (context: Context) => {
  const {core, texts, tables} = context;
  const {offeredIn} = createOffered(context);
  /** Goes through the latest output. */
  const createCursor = (isEncoded: boolean) => {
    const words = tables.out();
    const doubles = new Float64Array(words.buffer);
    let at = 0;

    /** The two halves of a double word. */
    const take = (): [number, number] => [words[at++] as number, words[at++] as number];

    const cell = (): Cell | undefined => {
      const result = tables.decodeFrom(words, doubles, at, isEncoded);
      at += 2;
      return result;
    };

    /** An object of so many members, each under its id and made of what follows; `undefined` for what is gone. */
    const members = <Member>(count: number, member: (rest: number) => Member): Record<Id, Member | undefined> => {
      const object = emptyObject<Member | undefined>();
      for (let index = 0; index < count; index++) {
        const [handle, rest] = take();
        const id = texts.text(handle);
        object[id] = rest >>> 0 === NONE ? undefined : member(rest);
      }
      return object;
    };

    /** Groups of ids that came and went, in objects within each other: as many levels as they belong to, and theirs. */
    const ids = (levels: number): object => {
      const object = emptyObject<object>();
      let changed: object = object;
      const [groupCount] = take();
      for (let group = 0; group < groupCount; group++) {
        changed = object;
        const owners = take();
        for (const owner of owners.slice(0, levels)) {
          changed = (changed as Record<Id, object>)[texts.text(owner)] ??= emptyObject<object>();
        }
        const [count] = take();
        for (let index = 0; index < count; index++) {
          const [handle, change] = take();
          (changed as Record<Id, IdAddedOrRemoved>)[texts.text(handle)] = change as IdAddedOrRemoved;
        }
      }
      return object;
    };

    /**
     * What was offered in vain, in objects within each other: as many levels as a path has, and a list. Paths that
     * begin alike follow each other. Where there was no id, the key is `undefined`, which a text may be as well; the
     * later one counts.
     */
    const invalid = (levels: number): object => {
      const whole = emptyObject<object>();
      const places: Record<Id, object>[] = [whole];
      let latest: number[] = [];
      const [pathCount] = take();
      for (let path = 0; path < pathCount; path++) {
        const [first, second] = take();
        const [third, count] = take();
        const handles = [first, second, third].slice(0, levels);
        const keys = handles.map((handle) => (handle >>> 0 === NONE ? 'undefined' : texts.text(handle)));
        let isSame = true;
        for (let level = 1; level < levels; level++) {
          isSame &&= handles[level - 1] === latest[level - 1];
          if (!isSame) {
            const place = emptyObject<object>();
            (places[level - 1] as Record<Id, object>)[keys[level - 1] as Id] = place;
            places[level] = place;
          }
        }
        (places[levels - 1] as Record<Id, object>)[keys[levels - 1] as Id] = offeredIn(words.slice(at, at + count * 2));
        at += count * 2;
        latest = handles;
      }
      return whole;
    };

    return {take, cell, members, ids, invalid};
  };

  const readChanges = (isEncoded: boolean): Changes => {
    core.changesOut();
    const {take, cell, members} = createCursor(isEncoded);
    const [tableCount] = take();
    const changedTables = members(tableCount, (rowCount) => members(rowCount, (cellCount) => members(cellCount, cell)));
    const [valueCount] = take();
    const changedValues = members(valueCount, cell);
    return [changedTables, changedValues, 1];
  };

  // Objects and arrays stay texts here, as in TinyBase.
  const readLog = (): TransactionLog => {
    core.logOut();
    const {take, cell, members, ids, invalid} = createCursor(true);
    const change = (): ChangedCell => [cell(), cell()];
    const [cellsTouched, valuesTouched] = take();
    const [tableCount] = take();
    const changedCells = members(tableCount, (rowCount) =>
      members(rowCount, (cellCount) => members(cellCount, change)),
    );
    const [valueCount] = take();
    const changedValues = members(valueCount, change);
    const [tableIds, rowIds, cellIds, valueIds] = [ids(0), ids(1), ids(2), ids(0)];
    return [
      cellsTouched !== 0,
      valuesTouched !== 0,
      changedCells as TransactionLog[2],
      invalid(3) as InvalidCells,
      changedValues as TransactionLog[4],
      invalid(1) as InvalidValues,
      tableIds as ChangedTableIds,
      rowIds as ChangedRowIds,
      cellIds as ChangedCellIds,
      valueIds as TransactionLog[9],
    ];
  };

  return {
    readChanges,

    methods: {
      getTransactionChanges: (): Changes => readChanges(false),
      getTransactionLog: readLog,
    },
  };
};
