// What the transaction so far has changed: `getTransactionChanges` and `getTransactionLog`.
import type {Context} from './context.js';
import {NONE} from './layout.js';
import type {Reading} from './reading.js';
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

type Read = (index: number) => Cell | undefined;

export const createChanges = ({core, texts, tables}: Context, {readWords}: Reading) => {
  /** Goes through the latest output. */
  const createCursor = (read: Read) => {
    const words = tables.out();
    let at = 0;

    /** The two halves of a double word. */
    const take = (): [number, number] => [words[at++] as number, words[at++] as number];

    const cell = (): Cell | undefined => {
      const result = readWords(words, at, read);
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

    return {take, cell, members, ids};
  };

  const readChanges = (read: Read): Changes => {
    core.changesOut();
    const {take, cell, members} = createCursor(read);
    const [tableCount] = take();
    const changedTables = members(tableCount, (rowCount) => members(rowCount, (cellCount) => members(cellCount, cell)));
    const [valueCount] = take();
    const changedValues = members(valueCount, cell);
    return [changedTables, changedValues, 1];
  };

  // Nothing keeps account of what was refused yet.
  const invalid = (): [InvalidCells, InvalidValues] => [emptyObject<never>(), emptyObject<never>()];

  // Objects and arrays stay texts here, as in TinyBase.
  const readLog = (): TransactionLog => {
    core.logOut();
    const {take, cell, members, ids} = createCursor(tables.decodeEncoded);
    const change = (): ChangedCell => [cell(), cell()];
    const [cellsTouched, valuesTouched] = take();
    const [tableCount] = take();
    const changedCells = members(tableCount, (rowCount) =>
      members(rowCount, (cellCount) => members(cellCount, change)),
    );
    const [valueCount] = take();
    const changedValues = members(valueCount, change);
    const [invalidCells, invalidValues] = invalid();
    return [
      cellsTouched !== 0,
      valuesTouched !== 0,
      changedCells as TransactionLog[2],
      invalidCells,
      changedValues as TransactionLog[4],
      invalidValues,
      ids(0) as ChangedTableIds,
      ids(1) as ChangedRowIds,
      ids(2) as ChangedCellIds,
      ids(0) as TransactionLog[9],
    ];
  };

  return {
    readChanges,

    methods: {
      getTransactionChanges: (): Changes => readChanges(tables.decode),
      getTransactionLog: readLog,
    },
  };
};
