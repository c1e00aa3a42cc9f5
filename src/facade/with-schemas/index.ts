// The entry `cellarium/with-schemas`: the types of `cellarium` for stores that are typed by their schemas.
export {getVersion} from '../index.js';
export * from './common.js';
export * from './mergeable-store.js';
export * from './persisters.js';
export * from './store.js';
