// Types that all modules share.

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

/** What rows are sorted by: a cell, or `undefined` where there is none. */
export type SortKey = string | number | boolean | null | AnyObject | AnyArray | undefined;

/** Compares two sort keys: negative if the first comes first, positive if the second does. */
export type Sorter = (sortKey1: SortKey, sortKey2: SortKey) => number;
