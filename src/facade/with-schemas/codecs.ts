// The entry `cellarium/persisters/codecs/with-schemas`: the types of `cellarium/persisters/codecs`, which no schema
// changes.
export * from '../codecs.js';
