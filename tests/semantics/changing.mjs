// A store with content, and what a transaction changes in it.

/** Gives the store some content. */
export const filled = (store) =>
  store.setContent([
    {t: {r: {c: 1, d: 1, e: 1}, s: {c: 1}}, u: {r: {c: 1}}},
    {v: 1, w: 1},
  ]);
/** Changes, additions and deletions, some of which come to nothing, and something invalid. */
export const change = (store) => {
  store.setCell('t', 'r', 'c', 2).setCell('t', 'r', 'd', 2).setCell('t', 'r', 'd', 1).delCell('t', 'r', 'e');
  store.setCell('t', 'r', 'n', NaN).setCell('t', 'r', 'n', undefined).delRow('t', 's').delTable('u');
  store
    .setCell('x', 'y', 'z', [1])
    .setCell('x', 'y', 'a', 1)
    .delCell('x', 'y', 'a')
    .setCell('y', 'r', 'c', 1)
    .delTable('y');
  return store.setValue('v', {a: 1}).delValue('w').setValue('x', 1).delValue('x').setValue('y', Infinity);
};
