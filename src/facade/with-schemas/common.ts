// The entry `cellarium/common/with-schemas`: the types of `cellarium/common`, which no schema changes.
export * from '../common.js';
