// The entry `cellarium/mergeable-store/with-schemas`: the types of `cellarium/mergeable-store` for stores that are typed
// by their schemas.
import type {GetNow} from '../types/common.js';
import type {Id} from '../types/common.js';
import type {NoSchemas} from '../types/schemas.js';
import type {MergeableStore} from '../types/with-schemas/mergeable-store.js';

export type * from '../types/with-schemas/mergeable-store.js';

/**
 * Creates an empty store without schemas, whose content can be merged with that of others. What sets a schema returns
 * the store as typed by it.
 *
 * @param uniqueId - The id of this store, which no other one may have that it is merged with; a random one by default.
 * @param getNow - Gives the time in milliseconds since 1970; `Date.now` by default. Fractions are dropped.
 * @returns A frozen object whose methods do not use `this`.
 */
export declare const createMergeableStore: (uniqueId?: Id, getNow?: GetNow) => MergeableStore<NoSchemas>;
