// The entry `cellarium/mergeable-store`.
export {createMergeableStore} from './create-store.js';
export type * from './types/mergeable-store-methods.js';
export type * from './types/mergeable-store.js';
