// What mergeable stores tell each other, between JavaScript's objects and the JSON that Rust reads and writes. In that,
// an object or array in a cell is a text, U+FFFD and its JSON, and what was deleted is the text U+FFFC.
import {ENCODED_PREFIX, UNDEFINED_TEXT, isFreeText, isPlainObject, jsonInText, jsonOf} from './values.js';

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

/** Thrown for what is no stamp of anything. */
const REFUSED = Symbol();

const thingJson = (thing: unknown): string => {
  switch (typeof thing) {
    case 'undefined':
      return JSON.stringify(UNDEFINED_TEXT);
    case 'boolean':
      return `${thing}`;
    case 'number':
      if (Number.isFinite(thing)) {
        return `${thing}`;
      }
      break;
    case 'string':
      // Unlike TinyBase's, whose differences have objects and arrays in this form, this takes them in it.
      if (isFreeText(thing) || jsonInText(thing) !== undefined) {
        return JSON.stringify(thing);
      }
      break;
    case 'object':
      if (thing === null) {
        return 'null';
      } else {
        const json = jsonOf(thing);
        if (json !== undefined) {
          return JSON.stringify(ENCODED_PREFIX + json);
        }
      }
      break;
  }
  throw REFUSED;
};

/** The JSON of a stamp, from that of its thing. */
const stampJson = (stamp: unknown, json: (thing: unknown) => string): string => {
  if (!Array.isArray(stamp)) {
    throw REFUSED;
  }
  const {length} = stamp;
  const [thing, hlc, hash] = stamp as unknown[];
  if (
    length === 0 ||
    length > 3 ||
    (length > 1 && typeof hlc !== 'string') ||
    (length > 2 && (typeof hash !== 'number' || Number.isNaN(hash)))
  ) {
    throw REFUSED;
  }
  const thingText = json(thing);
  // The hash itself is not looked at, since it follows from the rest.
  return length === 1 ? `[${thingText}]` : `[${thingText},${JSON.stringify(hlc)}${length === 3 ? ',0]' : ']'}`;
};

const membersJson = (members: unknown, json: (thing: unknown) => string): string => {
  if (!isPlainObject(members)) {
    throw REFUSED;
  }
  let text = '';
  for (const id of Object.keys(members)) {
    text += `${text === '' ? '' : ','}${JSON.stringify(id)}:${stampJson(members[id], json)}`;
  }
  return `{${text}}`;
};

const rowJson = (cells: unknown): string => membersJson(cells, thingJson);
const tableJson = (rows: unknown): string => membersJson(rows, rowJson);
const tablesJson = (tables: unknown): string => membersJson(tables, tableJson);

/** The JSON of mergeable content or changes, or `undefined` if they are neither. */
export const mergeableJson = (content: unknown): string | undefined => {
  if (!Array.isArray(content) || content.length < 2 || content.length > 3) {
    return undefined;
  }
  const [tables, values, isChanges] = content as unknown[];
  if (content.length === 3 && isChanges !== 1) {
    return undefined;
  }
  try {
    const halves = `${stampJson(tables, tablesJson)},${stampJson(values, rowJson)}`;
    return content.length === 3 ? `[${halves},1]` : `[${halves}]`;
  } catch (error) {
    if (error === REFUSED) {
      return undefined;
    }
    throw error;
  }
};
