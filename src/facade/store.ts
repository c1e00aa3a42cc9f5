// The entry `cellarium/store`.
export {createStore} from './create-store.js';
export type * from './types/store.js';
