// The entry `cellarium/store/with-schemas`: the types of `cellarium/store` for stores that are typed by their schemas.
import type {NoSchemas, Store} from '../types/with-schemas/store.js';

export type * from '../types/with-schemas/store.js';

/**
 * Creates an empty store without schemas. What sets one returns the store as typed by it.
 *
 * @returns A frozen object whose methods do not use `this`.
 * @example
 * ```ts
 * const store = createStore().setTablesSchema({
 *   pets: {species: {type: 'string'}, legs: {type: 'number', default: 4}},
 * });
 * store.setRow('pets', 'fido', {species: 'dog'});
 * const legs: number = store.getCell('pets', 'fido', 'legs');
 * ```
 */
export declare const createStore: () => Store<NoSchemas>;
