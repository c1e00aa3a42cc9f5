// The kinds of cells that can be edited: each makes an input, shows a cell in it, and reads a cell from it.
// `read` gives undefined where the cell is to be deleted.
import {element} from './dom.js';

const text = {
  make: (properties) => element('input', {type: 'text', maxLength: 60, ...properties}),
  // Another tab, or a hand in the storage, may have put anything there.
  show: (input, cell) => (input.value = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? '')),
  read: (input) => input.value.trim() || undefined,
};

const number = {
  make: () => element('input', {type: 'number', min: '0', max: '300', step: 'any', placeholder: '?'}),
  show: (input, cell) => (input.value = typeof cell === 'number' ? String(cell) : ''),
  read: (input) => (input.value === '' ? null : input.valueAsNumber),
};

const boolean = {
  make: () => element('input', {type: 'checkbox'}),
  show: (input, cell) => (input.checked = cell === true),
  read: (input) => input.checked,
};

const list = {
  make: () => element('input', {type: 'text', maxLength: 120, placeholder: 'none'}),
  show: (input, cell) => (input.value = Array.isArray(cell) ? cell.join(', ') : ''),
  read: (input) => {
    const items = input.value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
    return items.length ? items : undefined;
  },
};

/** The columns of the table of pets. */
export const columns = [
  {id: 'name', label: 'Name', type: 'text', field: text},
  {
    id: 'species',
    label: 'Species',
    type: 'text',
    field: {...text, make: () => text.make({placeholder: 'unknown'})},
    suggestions: 'species-list',
  },
  {id: 'age', label: 'Age', type: 'number or null', field: number},
  {id: 'chipped', label: 'Chipped', type: 'boolean', field: boolean},
  {id: 'likes', label: 'Likes', type: 'array', field: list},
];
