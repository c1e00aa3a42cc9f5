// The methods that only a mergeable store has.
import type {MergeableText} from '../../build/binding/cellarium.js';
import type {Context} from './context.js';
import {escapeLoneSurrogates} from './json-reader.js';
import {putUtf8, releaseText} from './memory.js';
import {internalsOf} from './internals.js';
import type {Reading} from './reading.js';
import {finishHashes, finishTables, finishValues, hashesJson, mergeableJson} from './stamps.js';
import type {
  CellHashes,
  ContentHashes,
  MergeableChanges,
  MergeableContent,
  MergeableStore,
  RowHashes,
  TableHashes,
  TablesStamp,
  ValueHashes,
  ValuesStamp,
} from './types/mergeable-store.js';
import type {Content, Json} from './types/store.js';
import type {Writing} from './writing.js';

// What Rust puts out, by the numbers of src/binding/store/mergeable.rs.
const CONTENT = 0;
const CHANGES = 1;
const HASHED_CHANGES = 2;
const CONTENT_HASHES = 3;
const TABLE_HASHES = 4;
const VALUE_HASHES = 5;
const ALL_CHANGES = 6;
const TABLE_DIFFERENCE = 0;
const ROW_HASHES = 1;
const ROW_DIFFERENCE = 2;
const CELL_HASHES = 3;
const CELL_DIFFERENCE = 4;
const VALUE_DIFFERENCE = 5;

export const createMergeable = (context: Context, tick: () => void, {textOut}: Reading, writing: Writing) => {
  const {core} = context;
  const getStore = () => context.store as MergeableStore;
  const out = (what: number): Json => {
    core.mergeableOut(what);
    return textOut();
  };

  const parsed = <Thing>(what: number): Thing => JSON.parse(out(what)) as Thing;

  /** What Rust makes of another store's hashes. */
  const difference = <Thing>(what: number, hashes: unknown, levels: number): Thing => {
    core.differenceOut(what, putUtf8(hashesJson(hashes, levels)));
    releaseText();
    return JSON.parse(textOut()) as Thing;
  };

  /** Applies what Rust reads in a transaction; false, and no transaction, if it is not what it should be. */
  const applyRead = (read: () => boolean, isAll: boolean, then = (): void => undefined): boolean => {
    tick();
    if (core.isLocked() || !read()) {
      return false;
    }
    // Start listeners may have something read as well.
    const isReadAgain = core.hasStartListeners();
    writing.write(() => {
      if (isReadAgain) {
        read();
      }
      core.applyMergeable(isAll);
      then();
    });
    return true;
  };

  /** The same with a JSON text. */
  const applyJson = (json: Json, isAll: boolean, then?: () => void): boolean => {
    const text = escapeLoneSurrogates(json);
    const read = (): boolean => {
      const isGood = core.readMergeable(putUtf8(text), !isAll);
      releaseText();
      return isGood;
    };
    return applyRead(read, isAll, then);
  };

  /** Merges another store's content. */
  const mergeText = (text: MergeableText): boolean => applyRead(() => core.readMergeableText(text), false);

  const apply = (content: unknown, isAll: boolean): MergeableStore => {
    const json = mergeableJson(content);
    if (json !== undefined) {
      applyJson(json, isAll);
    }
    return getStore();
  };

  /** Sets content as what was there before anything. */
  const setDefault = (content: unknown, then = (): void => undefined): void => {
    tick();
    writing.write(() => {
      const defaults = typeof content === 'function' ? (content as () => unknown)() : content;
      core.setDefaulting(true);
      try {
        writing.putContent(defaults, false);
      } finally {
        core.setDefaulting(false);
      }
      then();
    });
  };

  const getMergeableContent = (): MergeableContent => {
    const [tables, values] = parsed<MergeableContent>(CONTENT);
    return [finishTables(tables), finishValues(values)];
  };

  const applyMergeableChanges = (changes: MergeableChanges | MergeableContent): MergeableStore => apply(changes, false);

  return {
    internals: {
      getMergeableJson: (): Json => out(CONTENT),
      getMergeableChangesJson: (): Json => out(ALL_CHANGES),
      applyMergeableJson: applyJson,
      setDefault,
      getHashes: (): ContentHashes => parsed(CONTENT_HASHES),
      isLocked: () => core.isLocked(),
      getText: () => core.mergeableText(),
      mergeText,
    },

    methods: {
      getMergeableContent,
      getMergeableContentHashes: (): ContentHashes => parsed(CONTENT_HASHES),
      getMergeableTableHashes: (): TableHashes => finishHashes(parsed(TABLE_HASHES), 1),
      getMergeableTableDiff(
        otherTableHashes: TableHashes,
      ): [newTables: TablesStamp, differingTableHashes: TableHashes] {
        const [tables, hashes] = difference<[TablesStamp, TableHashes]>(TABLE_DIFFERENCE, otherTableHashes, 1);
        return [finishTables(tables), finishHashes(hashes, 1)];
      },
      getMergeableRowHashes: (otherTableHashes: TableHashes): RowHashes =>
        finishHashes(difference(ROW_HASHES, otherTableHashes, 1), 2),
      getMergeableRowDiff(otherTableRowHashes: RowHashes): [newRows: TablesStamp, differingRowHashes: RowHashes] {
        const [tables, hashes] = difference<[TablesStamp, RowHashes]>(ROW_DIFFERENCE, otherTableRowHashes, 2);
        return [finishTables(tables), finishHashes(hashes, 2)];
      },
      getMergeableCellHashes: (otherTableRowHashes: RowHashes): CellHashes =>
        finishHashes(difference(CELL_HASHES, otherTableRowHashes, 2), 3),
      getMergeableCellDiff: (otherTableRowCellHashes: CellHashes): TablesStamp =>
        finishTables(difference(CELL_DIFFERENCE, otherTableRowCellHashes, 3)),
      getMergeableValueHashes: (): ValueHashes => finishHashes(parsed(VALUE_HASHES), 1),
      getMergeableValueDiff: (otherValueHashes: ValueHashes = {}): ValuesStamp =>
        finishValues(difference(VALUE_DIFFERENCE, otherValueHashes, 1)),
      setMergeableContent: (content: MergeableContent): MergeableStore => apply(content, true),
      setDefaultContent(content: Content | (() => Content)): MergeableStore {
        setDefault(content);
        return getStore();
      },
      getTransactionMergeableChanges<Hashed extends boolean = false>(withHashes?: Hashed): MergeableChanges<Hashed> {
        const [tables, values] = parsed<MergeableChanges<Hashed>>(withHashes ? HASHED_CHANGES : CHANGES);
        return [finishTables(tables), finishValues(values), 1];
      },
      applyMergeableChanges,
      merge(other: MergeableStore): MergeableStore {
        const theirs = internalsOf(other)?.mergeable;
        if (theirs === undefined) {
          const content = getMergeableContent();
          const otherContent = other.getMergeableContent();
          other.applyMergeableChanges(content);
          return applyMergeableChanges(otherContent);
        }
        const text = core.mergeableText();
        const otherText = theirs.getText();
        try {
          theirs.mergeText(text);
          mergeText(otherText);
        } finally {
          text.free();
          otherText.free();
        }
        return getStore();
      },
      isMergeable: (): boolean => true,
    },
  };
};

/** What makes a store mergeable. */
export type Mergeable = ReturnType<typeof createMergeable>;
