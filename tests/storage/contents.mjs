// Contents that are hard to store.

// An id that begins with an array index sorts otherwise, `__proto__` is a setter, and a half of a surrogate pair is no
// character that UTF-8 could have.
const hardIds = [
  'z',
  '10',
  '2',
  '',
  '__proto__',
  'constructor',
  '\ud800',
  'a\udc00b',
  '\u0000',
  '/',
  '\u{1f408}',
  'x'.repeat(300),
];

const cells = [
  'text',
  '',
  'größer \u{1f408} "quoted" \\ \n \u0000 \u2028',
  '\ud83d',
  'a\ufffdb\ufffcc',
  '[{},{}]',
  0,
  1,
  -1.5,
  1e21,
  5e-324,
  Number.MAX_VALUE,
  true,
  false,
  null,
  {a: [1, {b: null}], '': '\ud800'},
  [],
  {},
  ['a', ['b']],
];

/** Every hard id as that of a table, a row, a cell, with a cell of every kind: `[tableId, rowId, cellId, cell]`. */
export const hardContentRows = (isWanted = () => true) =>
  hardIds.filter(isWanted).flatMap((id, index) => {
    const at = (shift) => cells[(index + shift) % cells.length];
    return [
      [id, 'row', 'cell', at(0)],
      ['table', id, 'cell', at(5)],
      ['table', 'row', id, at(10)],
      ['kinds', `row ${index}`, `cell ${index}`, at(15)],
    ];
  });

/** Put it all into a store, or what has ids that are wanted. */
export const addHardContent = (store, isWanted) =>
  store.transaction(() => {
    for (const [tableId, rowId, cellId, cell] of hardContentRows(isWanted)) {
      store.setCell(tableId, rowId, cellId, cell);
      store.setValue(cellId, cell);
    }
    cells.forEach((cell, index) => store.setCell('cells', 'row', `${index} of all kinds`, cell));
    return store;
  });

/** Rows with a number of cells each, in a table `t`; `mark` is in every one, so that a mixture shows. */
export const manyRows = (count, mark) =>
  Object.fromEntries(Array.from({length: count}, (_, row) => [`row ${row}`, {mark, number: row, text: `text ${row}`}]));
