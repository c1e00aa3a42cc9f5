// What a store makes of something that is set.

/** What the store makes of something as a cell and as a value: what it gives back, and if it is there at all. */
export const taken = (store, thing) => {
  store.delTables().delValues().setRow('t', 'r', {c: thing}).setValues({v: thing});
  return [store.getCell('t', 'r', 'c'), store.hasCell('t', 'r', 'c'), store.getValue('v'), store.hasValue('v')];
};
/** Whether the store takes it as a cell and as a value. */
export const isTaken = (store, thing) => {
  const [cell, hasCell, value, hasValue] = taken(store, thing);
  return hasCell && hasValue ? cell !== undefined && value !== undefined : hasCell || hasValue ? 'half' : false;
};
