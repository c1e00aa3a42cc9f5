// What mergeable stores tell each other, between JavaScript's objects and the JSON that Rust reads and writes. In that,
// an object or array in a cell is a text, U+FFFD and its JSON, and what was deleted is the text U+FFFC.
import {ENCODED_PREFIX, UNDEFINED_TEXT, emptyObject, isFreeText, isPlainObject, jsonInText, jsonOf} from './values.js';

/** Something with its HLC and its hash, or without. */
type AnyStamp = [thing: unknown, ...rest: unknown[]];

type Members = Record<string, AnyStamp>;

const decoded = (thing: unknown): unknown => {
  if (typeof thing !== 'string' || isFreeText(thing)) {
    return thing;
  }
  return thing === UNDEFINED_TEXT ? undefined : JSON.parse(thing.slice(1));
};

/** Takes an object's prototype, and goes through the stamps that are its members. */
const eachIn = (members: object, visit: (stamp: AnyStamp) => void): void => {
  Object.setPrototypeOf(members, null);
  for (const id in members) {
    visit((members as Members)[id] as AnyStamp);
  }
};

const finishThing = (stamp: AnyStamp): void => {
  stamp[0] = decoded(stamp[0]);
};

const finishRow = ([cells]: AnyStamp): void => eachIn(cells as object, finishThing);
const finishTable = ([rows]: AnyStamp): void => eachIn(rows as object, finishRow);

/** The stamp of tables as users get it, from one that was parsed. */
export const finishTables = <Stamp>(stamp: Stamp): Stamp => {
  eachIn((stamp as AnyStamp)[0] as object, finishTable);
  return stamp;
};

/** The same of values. */
export const finishValues = <Stamp>(stamp: Stamp): Stamp => {
  eachIn((stamp as AnyStamp)[0] as object, finishThing);
  return stamp;
};

/** Takes the prototypes of what is at a level of an object, and restores what has no JSON. */
const finishEncoded = (members: object, levels: number): void =>
  eachIn(members, (stamp) => {
    if (levels > 1) {
      finishEncoded(stamp[0] as object, levels - 1);
    } else if (stamp[0] === UNDEFINED_TEXT) {
      stamp[0] = undefined;
    }
  });

/** Mergeable content or changes as persisters get them: objects and arrays in cells stay texts. */
export const encodedMergeable = (json: string): unknown => {
  const content = JSON.parse(json) as [AnyStamp, AnyStamp];
  finishEncoded(content[0][0] as object, 3);
  finishEncoded(content[1][0] as object, 1);
  return content;
};

/** Takes the prototypes of objects of hashes, so many levels of them. */
export const finishHashes = <Hashes extends object>(hashes: Hashes, levels: number): Hashes => {
  Object.setPrototypeOf(hashes, null);
  if (levels > 1) {
    Object.values(hashes).forEach((member) => finishHashes(member as object, levels - 1));
  }
  return hashes;
};

/** The JSON of objects of hashes, so many levels of them; what is no number differs from any hash. */
export const hashesJson = (hashes: unknown, levels: number): string => {
  if (levels === 0) {
    return typeof hashes === 'number' && Number.isFinite(hashes) ? `${hashes}` : 'null';
  }
  // Throws a TypeError for undefined and null, as TinyBase does.
  const members = Object.entries(hashes as object).map(
    ([id, member]) => `${JSON.stringify(id)}:${hashesJson(member, levels - 1)}`,
  );
  return `{${members.join()}}`;
};

/** What stands for what is no stamp of anything. */
const REFUSED = Symbol('no stamp');

/** A thing as JSON can say it, or `REFUSED`. */
const encoded = (thing: unknown): unknown => {
  switch (typeof thing) {
    case 'boolean':
      return thing;
    case 'number':
      return Number.isFinite(thing) ? thing : REFUSED;
    case 'string':
      // Unlike TinyBase's, whose differences have objects and arrays in this form, this takes them in it.
      return isFreeText(thing) || jsonInText(thing) !== undefined ? thing : REFUSED;
    case 'undefined':
      return UNDEFINED_TEXT;
    case 'object': {
      const json = thing === null ? undefined : jsonOf(thing);
      return thing === null ? null : json === undefined ? REFUSED : ENCODED_PREFIX + json;
    }
    default:
      return REFUSED;
  }
};

/** A stamp as JSON can say it, itself if that is what it is, given what does the same for its thing. */
const encodedStamp = (stamp: unknown, encode: (thing: unknown) => unknown): unknown => {
  if (!Array.isArray(stamp)) {
    return REFUSED;
  }
  const {length} = stamp;
  const [thing, hlc, hash] = stamp as unknown[];
  if (
    length === 0 ||
    length > 3 ||
    (length > 1 && typeof hlc !== 'string') ||
    (length > 2 && (typeof hash !== 'number' || Number.isNaN(hash)))
  ) {
    return REFUSED;
  }
  const its = encode(thing);
  // An infinite hash has no JSON, and what it is makes no difference.
  const isSame = its === thing && (length < 3 || Number.isFinite(hash));
  return its === REFUSED
    ? REFUSED
    : isSame
      ? stamp
      : length < 3
        ? [its, ...(stamp.slice(1) as unknown[])]
        : [its, hlc, 0];
};

/** The same for an object of stamps. */
const encodedMembers = (members: unknown, encode: (thing: unknown) => unknown): unknown => {
  if (!isPlainObject(members)) {
    return REFUSED;
  }
  let result = members;
  for (const id of Object.keys(members)) {
    const stamp = members[id];
    const its = encodedStamp(stamp, encode);
    if (its === REFUSED) {
      return REFUSED;
    }
    if (its !== stamp) {
      if (result === members) {
        result = Object.assign(emptyObject<unknown>(), members);
      }
      result[id] = its;
    }
  }
  return result;
};

const encodedRow = (cells: unknown): unknown => encodedMembers(cells, encoded);
const encodedTable = (rows: unknown): unknown => encodedMembers(rows, encodedRow);
const encodedTables = (tables: unknown): unknown => encodedMembers(tables, encodedTable);

/** The JSON of mergeable content or changes, or `undefined` if they are neither. */
export const mergeableJson = (content: unknown): string | undefined => {
  if (!Array.isArray(content) || content.length < 2 || content.length > 3) {
    return undefined;
  }
  const [tables, values, ...rest] = content as unknown[];
  const halves = [encodedStamp(tables, encodedTables), encodedStamp(values, encodedRow)];
  return halves.includes(REFUSED) ? undefined : JSON.stringify([...halves, ...rest]);
};
