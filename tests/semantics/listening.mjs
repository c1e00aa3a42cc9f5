// Listeners that note what they hear, and all the kinds there are.

/**
 * Makes a listener that adds a note of each call: a name and the arguments, except the store and functions.
 * @param {unknown[][]} heard where to add it
 * @param {string} name the name
 */
export const note =
  (heard, name) =>
  (_store, ...args) => {
    // Arrays are copied, as TinyBase adds to those of invalid cells later.
    const kept = args.filter((argument) => typeof argument !== 'function');
    heard.push([name, ...kept.map((argument) => (Array.isArray(argument) ? [...argument] : argument))]);
  };

/**
 * Notes what is reported as invalid, as `cell` or `value`, the ids and the array of what was given.
 * @param {object} store the store
 * @param {unknown[][]} heard where to note it
 */
export const noteInvalid = (store, heard) => {
  store.addInvalidCellListener(null, null, null, note(heard, 'cell'));
  store.addInvalidValueListener(null, note(heard, 'value'));
};

/** Every kind of listener to content, with a path that hears everything of table t; in no order that means anything. */
export const kinds = {
  Values: [],
  Row: [null, null],
  HasTableCell: [null, null],
  InvalidValue: [null],
  Tables: [],
  Cell: [null, null, null],
  HasValue: [null],
  RowCount: [null],
  SortedRowIds: ['t', 'c', false, 0, undefined],
  HasTables: [],
  Table: [null],
  CellIds: [null, null],
  ValueIds: [],
  HasRow: [null, null],
  TableIds: [],
  InvalidCell: [null, null, null],
  HasCell: [null, null, null],
  TableCellIds: [null],
  HasValues: [],
  RowIds: [null],
  HasTable: [null],
  Value: [null],
};

/**
 * Adds a listener of every kind, which notes its kind.
 * @param {object} store the store
 * @param {string[]} heard where to note it
 * @param {string} prefix what is noted before the kind
 * @param {boolean} [mutator] whether they are mutators
 */
export const hearAll = (store, heard, prefix, mutator) => {
  for (const [kind, path] of Object.entries(kinds)) {
    store[`add${kind}Listener`](...path, () => heard.push(prefix + kind), mutator);
  }
};

/**
 * Adds listeners to the three moments of a transaction, which note them as start, willFinish and didFinish.
 * @param {object} store the store
 * @param {string[]} heard where to note it
 */
export const hearMoments = (store, heard) => {
  store.addDidFinishTransactionListener(() => heard.push('didFinish'));
  store.addWillFinishTransactionListener(() => heard.push('willFinish'));
  store.addStartTransactionListener(() => heard.push('start'));
};
