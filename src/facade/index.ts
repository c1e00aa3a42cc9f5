// The entry `cellarium`: everything that an app usually needs.
import {getBinding} from './wasm.js';

export * from './common.js';
export * from './mergeable-store.js';
export * from './persisters.js';
export * from './store.js';

/** The version of the package, for example `0.1.0`. */
export const getVersion = (): string => getBinding().version();
