// The entry `cellarium/common/with-schemas`: nothing in it depends on schemas.
export * from '../common.js';
