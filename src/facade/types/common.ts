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
