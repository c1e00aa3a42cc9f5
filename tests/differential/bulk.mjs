// Large objects for programs, made from small numbers, so that tables outgrow whatever a store keeps together.

const cellFor = (index, salt, hasObjects) => {
  switch ((index * 7 + salt) % 11) {
    case 0:
      return `unique ${index} ${salt}`;
    case 1:
      return 'repeated';
    case 2:
      return index % 2 === 0;
    case 3:
      return null;
    case 4:
      return hasObjects ? {index, salt} : index;
    case 5:
      return `ü${index % 5}`;
    default:
      return index * salt;
  }
};

/** A row with the columns a to h, some of them missing. */
const sparseRow = (index, salt, hasObjects) => {
  const cells = {};
  for (let column = 0; column < 8; column++) {
    if ((index * salt + column) % 3 !== 0) cells['abcdefgh'[column]] = cellFor(index + column, salt, hasObjects);
  }
  return cells;
};

/** Rows `prefix` + 0 and so on; an empty prefix makes ids that objects put in the order of numbers. */
export const many = (count, salt, prefix, hasObjects) =>
  Object.fromEntries(
    Array.from({length: count}, (_, index) => [
      `${prefix}${index}`,
      sparseRow(salt % 2 ? index : count - index, salt, hasObjects),
    ]),
  );

/** A row of many columns. */
export const wide = (count, salt, hasObjects) =>
  Object.fromEntries(
    Array.from({length: count}, (_, index) => [`c${(index * salt) % 997}`, cellFor(index, salt, hasObjects)]),
  );

/** Changes that delete each `step`th of the rows that `many` makes. */
export const gone = (count, step, prefix) =>
  Object.fromEntries(
    Array.from({length: Math.ceil(count / step)}, (_, index) => [`${prefix}${index * step}`, undefined]),
  );

/** A text with one character replaced, at a share of the way through it. */
export const damaged = (text, share, by) => {
  const at = Math.floor(text.length * share);
  return text.slice(0, at) + by + text.slice(at + 1);
};
