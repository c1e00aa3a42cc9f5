// The entry `cellarium/common`: unique ids, sorting, hashes and hybrid logical clocks.
import {f64, putUtf8, putUtf8List, refresh, releaseText, u8} from './memory.js';
import type {GetNow, Hash, Hlc, Id, SortKey} from './types/common.js';
import type {CellOrUndefined, ValueOrUndefined} from './types/store.js';
import {getBinding} from './wasm.js';

export type * from './types/common.js';

// In the order of ASCII, as src/store/hlc.rs has them for HLCs.
const ID_CHARACTERS = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** So many random bytes the environment gives at once. */
const MOST_CHARACTERS = 65_536;

/**
 * Makes a random id, of `-`, `_`, digits and letters without accents. Each character has 6 random bits, from the
 * environment's cryptographic source.
 *
 * @param length - How many characters, at most 65,536.
 * @returns The id.
 * @example
 * ```js
 * console.log(getUniqueId().length); // -> 16
 * ```
 */
export const getUniqueId = (length = 16): Id => {
  let id = '';
  // What calls itself longer than an id can be is refused as such a number is, before all that it has is copied.
  const isTooLong = ((length as {length?: unknown} | null)?.length as number) > MOST_CHARACTERS;
  const bytes = new Uint8Array(isTooLong ? MOST_CHARACTERS + 1 : length);
  for (const byte of globalThis.crypto.getRandomValues(bytes)) {
    id += ID_CHARACTERS[byte & 63];
  }
  return id;
};

/**
 * Sorts as JavaScript's `<` does; what is `undefined` or `null` counts as 0. Of keys that are equal, or that cannot be
 * compared, none is less, which is given as 1.
 *
 * @param sortKey1 - One key.
 * @param sortKey2 - The other.
 * @returns -1 if the first is less, else 1.
 */
export const defaultSorter = (sortKey1: SortKey, sortKey2: SortKey): number =>
  (sortKey1 ?? 0) < (sortKey2 ?? 0) ? -1 : 1;

/**
 * The hash of a text: the 32-bit FNV-1a of its UTF-8, in which a lone surrogate is U+FFFD.
 *
 * @param string - The text.
 * @returns The hash.
 * @example
 * ```js
 * console.log(getHash('Hello')); // -> 4116459851
 * ```
 */
export const getHash = (string: string): Hash => {
  const hash = getBinding().hashText(putUtf8(string === undefined ? '' : `${string}`));
  releaseText();
  return hash;
};

/**
 * Adds a hash to another one, or removes it from there: the exclusive or of both, so doing it again undoes it.
 *
 * @param hash1 - One hash.
 * @param hash2 - The other.
 * @returns Their sum or difference.
 */
export const addOrRemoveHash = (hash1: Hash, hash2: Hash): Hash => (hash1 ^ hash2) >>> 0;

/** The hash of two things, usually an id and a hash. */
const hashPair = (first: unknown, second: unknown): Hash => sumPairs([asText(first), asText(second)], false);

/** The hash of what has members; all of them cross at once. */
const hashMembers = (hashes: {[id: Id]: Hash}, isFromZero: boolean): Hash => {
  const texts: string[] = [];
  for (const [id, hash] of Object.entries(hashes)) {
    texts.push(id, asText(hash));
  }
  return sumPairs(texts, isFromZero);
};

// What + does, which prefers an object's valueOf to its toString.
const asText = (thing: unknown): string => '' + (thing as string);

const sumPairs = (texts: string[], isFromZero: boolean): Hash => {
  const sum = getBinding().hashPairs(putUtf8List(texts), isFromZero);
  releaseText();
  return sum;
};

/**
 * The hash of all tables of a store.
 *
 * @param tableHashes - The hash of each table, by table id.
 * @returns The hash.
 */
export const getTablesHash = (tableHashes: {[tableId: Id]: Hash}): Hash => hashMembers(tableHashes, false);

/**
 * What a table adds to the hash of all tables.
 *
 * @param tableId - The id of the table.
 * @param tableHash - The hash of the table.
 * @returns The hash of both.
 */
export const getTableInTablesHash = (tableId: Id, tableHash: Hash): Hash => hashPair(tableId, tableHash);

/**
 * The hash of a table.
 *
 * @param rowHashes - The hash of each row, by row id.
 * @returns The hash.
 */
export const getTableHash = (rowHashes: {[rowId: Id]: Hash}): Hash => getTablesHash(rowHashes);

/**
 * What a row adds to the hash of its table.
 *
 * @param rowId - The id of the row.
 * @param rowHash - The hash of the row.
 * @returns The hash of both.
 */
export const getRowInTableHash = (rowId: Id, rowHash: Hash): Hash => hashPair(rowId, rowHash);

/**
 * The hash of a row. Each cell also adds what it would with a hash of 0, which is what it had before its first change.
 *
 * @param cellHashes - The hash of each cell, by cell id.
 * @returns The hash.
 */
export const getRowHash = (cellHashes: {[cellId: Id]: Hash}): Hash => hashMembers(cellHashes, true);

/**
 * What a cell adds to the hash of its row.
 *
 * @param cellId - The id of the cell.
 * @param cellHash - The hash of the cell.
 * @returns The hash of both.
 */
export const getCellInRowHash = (cellId: Id, cellHash: Hash): Hash => hashPair(cellId, cellHash);

const mapToObject = (_key: string, value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries<unknown>(value) : value;

/**
 * The hash of a cell: of its JSON and the time of its latest change.
 *
 * @param cell - What the cell holds; `undefined` if it was deleted.
 * @param cellHlc - The HLC of its latest change.
 * @returns The hash.
 */
export const getCellHash = (cell: CellOrUndefined, cellHlc: Hlc): Hash =>
  hashPair(JSON.stringify(cell ?? null, mapToObject), cellHlc);

/**
 * The hash of all values of a store. Each value also adds what it would with a hash of 0, which is what it had before
 * its first change.
 *
 * @param valueHashes - The hash of each value, by value id.
 * @returns The hash.
 */
export const getValuesHash = (valueHashes: {[valueId: Id]: Hash}): Hash => getRowHash(valueHashes);

/**
 * What a value adds to the hash of all values.
 *
 * @param valueId - The id of the value.
 * @param valueHash - The hash of the value.
 * @returns The hash of both.
 */
export const getValueInValuesHash = (valueId: Id, valueHash: Hash): Hash => hashPair(valueId, valueHash);

/**
 * The hash of a value: of its JSON and the time of its latest change.
 *
 * @param value - The value; `undefined` if it was deleted.
 * @param valueHlc - The HLC of its latest change.
 * @returns The hash.
 */
export const getValueHash = (value: ValueOrUndefined, valueHlc: Hlc): Hash => getCellHash(value, valueHlc);

// The HLC of no change: its time and counter are 0. Their characters come first, then those of the client.
const ZERO_HLC = '----------------';
const CLIENT_START = 11;

/** The text of an HLC that Rust has put out. */
const readHlc = (address: number): Hlc => {
  refresh();
  const at = (index: number): number => u8[address + index] as number;
  // Spread arguments, a decoder or a loop would take several times as long.
  // prettier-ignore
  return String.fromCharCode(
    at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7),
    at(8), at(9), at(10), at(11), at(12), at(13), at(14), at(15),
  );
};

/**
 * Makes a hybrid logical clock, which gives the changes of one client HLCs that are each greater than all it has given
 * or seen before, even if the time goes back or the clocks of others are ahead.
 *
 * - `getNextHlc()` gives the next HLC.
 * - `seenHlc(remoteHlc)` takes note of one that another client gave. What is no HLC, or is more than five minutes ahead
 *   of the time, is ignored.
 * - `encodeHlc(logicalTime, counter, clientId?)` makes the text of an HLC, for this client or another one, which is
 *   given by its unique id. The time has 42 bits and the counter 24, others are cut off.
 * - `decodeHlc(hlc)` gives the time, the counter, and the five characters of the client.
 * - `getLastLogicalTime()` gives the time of the latest HLC that was given or seen, or 0.
 * - `getLastCounter()` gives its counter, or -1 if there has been none at that time.
 * - `getClientId()` gives the five characters that stand for this client.
 *
 * @param uniqueId - The id of the client, from which its five characters are computed; a random one by default.
 * @param getNow - Gives the time in milliseconds since 1970; `Date.now` by default. Fractions are dropped.
 * @returns The seven functions, in the above order.
 * @example
 * ```js
 * const [getNextHlc, , , decodeHlc] = getHlcFunctions('client1', () => 73267203);
 * console.log(getNextHlc()); // -> '--3MUV2----mmxrx'
 * console.log(decodeHlc(getNextHlc())); // -> [73267203, 1, 'mmxrx']
 * ```
 */
export const getHlcFunctions = (
  uniqueId?: Id,
  getNow: GetNow = Date.now,
): [
  getNextHlc: () => Hlc,
  seenHlc: (remoteHlc: Hlc) => void,
  encodeHlc: (logicalTime: number, counter: number, clientId?: Id) => Hlc,
  decodeHlc: (hlc: Hlc) => [logicalTime: number, counter: number, clientId: Id],
  getLastLogicalTime: () => number,
  getLastCounter: () => number,
  getClientId: () => Id,
] => {
  const binding = getBinding();
  const clientHash = getHash(uniqueId === undefined ? getUniqueId() : uniqueId);
  const clock = new binding.HlcClock(clientHash);
  const ownClientId = readHlc(binding.encodeHlc(0, 0, clientHash)).slice(CLIENT_START);

  const getNextHlc = (): Hlc => readHlc(clock.next(getNow()));

  const seenHlc = (remoteHlc: Hlc): void => {
    // What is not a number yet becomes one before the text is put, since that may run the app's code.
    const now = +getNow();
    const hlc = remoteHlc === undefined || remoteHlc == '' ? ZERO_HLC : remoteHlc;
    if (typeof hlc === 'string' && hlc.length === ZERO_HLC.length) {
      clock.seen(now, putUtf8(hlc));
    }
  };

  const encodeHlc = (logicalTime: number, counter: number, clientId?: Id): Hlc =>
    readHlc(binding.encodeHlc(logicalTime, counter, clientId === undefined ? clientHash : getHash(clientId)));

  const decodeHlc = (hlc: Hlc): [logicalTime: number, counter: number, clientId: Id] => {
    const digits = hlc.slice(0, CLIENT_START);
    let length = putUtf8(digits);
    if (length !== digits.length) {
      // A unit is a character here, whether it can be one of an HLC or not.
      length = putUtf8(digits.replace(/[^ -~]/g, ' '));
    }
    const numbers = binding.decodeHlc(length) >>> 3;
    refresh();
    return [f64[numbers] as number, f64[numbers + 1] as number, hlc.slice(CLIENT_START)];
  };

  const getLastLogicalTime = (): number => clock.lastTime();
  const getLastCounter = (): number => clock.lastCounter();
  const getClientId = (): Id => ownClientId;

  return [getNextHlc, seenHlc, encodeHlc, decodeHlc, getLastLogicalTime, getLastCounter, getClientId];
};
