// The libraries whose mergeable stores are compared.
export * as tinybase from 'tinybase/mergeable-store';
export * as cellarium from '../../pkg/mergeable-store.js';
