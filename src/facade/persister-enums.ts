// The two sets of numbers in the API of persisters, as plain objects and as types.

/** What a Persister is doing: `Idle` 0, `Loading` 1 or `Saving` 2. */
export const Status = Object.freeze({
  /** Neither loading nor saving. */
  Idle: 0,
  /** Loading, or about to. */
  Loading: 1,
  /** Saving, or about to. */
  Saving: 2,
} as const);

/** What a Persister is doing: `Idle` 0, `Loading` 1 or `Saving` 2. */
export type Status = (typeof Status)[keyof typeof Status];

/** The numbers of Status as types, for example `Status.Idle`. */
// eslint-disable-next-line @typescript-eslint/no-namespace -- so that `Status.Idle` is a type, as of an enum
export declare namespace Status {
  /** Neither loading nor saving. */
  type Idle = 0;
  /** Loading, or about to. */
  type Loading = 1;
  /** Saving, or about to. */
  type Saving = 2;
}

/** Which kinds of store a Persister takes: `StoreOnly` 1, `MergeableStoreOnly` 2 or `StoreOrMergeableStore` 3. */
export const Persists = Object.freeze({
  /** A plain Store. */
  StoreOnly: 1,
  /** A MergeableStore. */
  MergeableStoreOnly: 2,
  /** Either, each in its own form. */
  StoreOrMergeableStore: 3,
} as const);

/** Which kinds of store a Persister takes: `StoreOnly` 1, `MergeableStoreOnly` 2 or `StoreOrMergeableStore` 3. */
export type Persists = (typeof Persists)[keyof typeof Persists];

/** The numbers of Persists as types, for example `Persists.StoreOnly`. */
// eslint-disable-next-line @typescript-eslint/no-namespace -- so that `Persists.StoreOnly` is a type, as of an enum
export declare namespace Persists {
  /** A plain Store. */
  type StoreOnly = 1;
  /** A MergeableStore. */
  type MergeableStoreOnly = 2;
  /** Either, each in its own form. */
  type StoreOrMergeableStore = 3;
}
