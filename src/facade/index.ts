// The package's root.
import {getBinding} from './wasm.js';

/** The version of the package, for example `0.1.0`. */
export const getVersion = (): string => getBinding().version();
