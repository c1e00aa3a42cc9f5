// Types that all modules share.
import type {CellOrUndefined} from './content.js';

/** A JSON text. */
export type Json = string;

/** The name of a table, row, cell, value or listener. */
export type Id = string;

/** Ids, in order. */
export type Ids = Id[];

/** An id, or `null` as the wildcard that stands for any. */
export type IdOrNull = Id | null;

/** Any plain object, as the content of a cell or value. */
export type AnyObject = {[key: string]: unknown};

/** Any array, as the content of a cell or value. */
export type AnyArray = unknown[] | readonly unknown[];

/** A function that is told one thing. */
export type ParameterizedCallback<Parameter> = (parameter?: Parameter) => void;

/** A function that takes nothing and gives nothing. */
export type Callback = () => void;

/** What a row, or something else, is sorted by; usually a cell's content. */
export type SortKey = CellOrUndefined;

/** Says of two sort keys which comes first: a negative number if the first does, a positive one if the second does. */
export type Sorter = (sortKey1: SortKey, sortKey2: SortKey) => number;

/** Gives the time, in milliseconds since 1970, as `Date.now` does. */
export type GetNow = () => number;

/**
 * The text of a hybrid logical clock: when a change was made, and by whom.
 *
 * It has 16 characters of 6 bits, out of `-`, `0` to `9`, `A` to `Z`, `_` and `a` to `z`: 7 for the time in
 * milliseconds since 1970, 4 for a counter within the millisecond, and 5 for the client. Of two, the later one is the
 * greater text.
 */
export type Hlc = string;

/** A hash: a whole number from 0 to 4,294,967,295. */
export type Hash = number;
