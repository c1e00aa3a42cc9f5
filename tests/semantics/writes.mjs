// Programs that write to a store which is made ready first.
import {noteInvalid} from './listening.mjs';

/**
 * Makes a program that gives the content after a write.
 * @param {(store: object) => void} prepare makes the store ready
 * @param {(store: object) => void} write what is written
 */
export const after = (prepare, write) => (store) => {
  prepare(store);
  write(store);
  return store.getContent();
};

/**
 * Makes a program that gives what a write reports as invalid, as noteInvalid notes it.
 * @param {(store: object) => void} prepare makes the store ready
 * @param {(store: object) => void} write what is written
 */
export const reported = (prepare, write) => (store) => {
  const heard = [];
  prepare(store);
  noteInvalid(store, heard);
  write(store);
  return heard;
};

/**
 * Makes a store ready by setting schemas.
 * @param {object} [tablesSchema] that of the tables
 * @param {object} [valuesSchema] that of the values
 */
export const schemas = (tablesSchema, valuesSchema) => (store) =>
  store.setTablesSchema(tablesSchema).setValuesSchema(valuesSchema);
