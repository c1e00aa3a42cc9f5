// The data that the benchmarks use: rows of two short repeated texts, two numbers and a boolean.

const species = ['dog', 'cat', 'fish', 'parrot', 'hamster', 'tortoise', 'worm', 'pony'];
const colors = [
  'brown',
  'black',
  'white',
  'green',
  'grey',
  'red',
  'tabby',
  'spotted',
  'golden',
  'cream',
  'orange',
  'blue',
];

export const cellIds = ['species', 'color', 'price', 'age', 'sold'];

const rowIds = [];

/** The id of row `index`: the same string each time, as apps hold on to ids rather than build them anew. */
export const rowId = (index) => (rowIds[index] ??= `row${index}`);

/**
 * A row.
 * @param {number} index which row
 * @param {number} [version] another number gives another value in every cell
 */
export const row = (index, version = 0) => ({
  species: species[(index + version) % species.length],
  color: colors[(index * 7 + version) % colors.length],
  price: ((index * 37 + version * 11) % 10000) / 100,
  age: (index * 13 + version) % 1000,
  sold: (index + version) % 2 === 0,
});

/** A table of `count` rows. */
export const table = (count, version = 0) => {
  const rows = {};
  for (let index = 0; index < count; index++) rows[rowId(index)] = row(index, version);
  return rows;
};
