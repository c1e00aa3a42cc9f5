// The table of pets: shows what is in the store, cell by cell, and writes to it what is typed.
import {announce, byId, element} from './dom.js';
import {columns} from './fields.js';

const table = 'pets';

/** What the store holds when nothing was stored before. */
export const samples = [
  {
    [table]: {
      0: {name: 'Fido', species: 'dog', age: 5, chipped: true, likes: ['walks', 'naps']},
      1: {name: 'Felix', species: 'cat', age: 3.5, chipped: false, likes: ['fish']},
      2: {name: 'Polly', species: 'parrot', age: null, chipped: true},
    },
  },
  {title: 'Our pets'},
];

/**
 * Shows the pets and their title.
 * @param {import('cellarium').Store} store
 */
export const showPets = (store) => {
  const nameOf = (rowId) => String(store.getCell(table, rowId, 'name') ?? 'A pet without a name');
  const inputs = new Map(); // by row id, then by cell id
  const body = byId('pets-body');

  const commit = (rowId, {id, field}, input) => {
    const isValid = input.checkValidity();
    input.ariaInvalid = isValid ? null : 'true';
    if (!isValid) return void input.reportValidity();
    const cell = field.read(input);
    if (cell === undefined) store.delCell(table, rowId, id);
    else store.setCell(table, rowId, id, cell);
  };

  const showCell = (rowId, {id, field}) => {
    const input = inputs.get(rowId)?.get(id);
    if (input) field.show(input, store.getCell(table, rowId, id));
  };

  const showName = (rowId) => {
    const row = body.querySelector(`tr[data-row="${CSS.escape(rowId)}"]`);
    if (!row) return;
    const name = nameOf(rowId);
    row.querySelector('.avatar').textContent = (store.getCell(table, rowId, 'name') ?? '?').toString().slice(0, 1);
    row.querySelector('.delete').ariaLabel = `Delete ${name}`;
    for (const {id, label} of columns) inputs.get(rowId).get(id).ariaLabel = `${label} of ${name}`;
  };

  const makeCell = (rowId, column) => {
    const input = column.field.make();
    input.dataset.cell = column.id;
    if (column.suggestions) input.setAttribute('list', column.suggestions);
    input.addEventListener('change', () => commit(rowId, column, input));
    // What was not valid, or came from elsewhere during the edit, gives way to what the store holds.
    input.addEventListener('blur', () => {
      input.ariaInvalid = null;
      showCell(rowId, column);
    });
    inputs.get(rowId).set(column.id, input);
    const label = element('span', {className: 'cell-label', 'aria-hidden': 'true'}, column.label);
    const avatar = column.id === 'name' ? [element('span', {className: 'avatar', 'aria-hidden': 'true'})] : [];
    const content = element('div', {}, label, ...avatar, input);
    return element('td', {role: 'cell', className: `cell-${column.id}`}, content);
  };

  const makeRow = (rowId) => {
    inputs.set(rowId, new Map());
    const button = element('button', {type: 'button', className: 'delete quiet'}, '✕');
    button.addEventListener('click', () => deletePet(rowId));
    const cells = columns.map((column) => makeCell(rowId, column));
    const last = element('td', {role: 'cell', className: 'cell-delete'}, button);
    return element('tr', {role: 'row', 'data-row': rowId}, ...cells, last);
  };

  const deletePet = (rowId) => {
    const name = nameOf(rowId);
    const row = body.querySelector(`tr[data-row="${CSS.escape(rowId)}"]`);
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    store.delRow(table, rowId);
    (neighbour?.querySelector('.delete') ?? byId('add-name')).focus();
    announce(`${name} is deleted.`);
  };

  const showRows = () => {
    const rowIds = store.getRowIds(table);
    const wanted = new Set(rowIds);
    for (const row of [...body.children]) {
      if (wanted.has(row.dataset.row)) continue;
      inputs.delete(row.dataset.row);
      row.remove();
    }
    rowIds.forEach((rowId, index) => {
      const current = body.children[index];
      if (current?.dataset.row === rowId) return;
      const existing = inputs.has(rowId);
      const row = existing ? body.querySelector(`tr[data-row="${CSS.escape(rowId)}"]`) : makeRow(rowId);
      body.insertBefore(row, current ?? null);
      if (existing) return;
      for (const column of columns) showCell(rowId, column);
      showName(rowId);
    });
    byId('pets-count').textContent = rowIds.length === 1 ? '1 row' : `${rowIds.length} rows`;
    byId('pets-empty').hidden = rowIds.length > 0;
    byId('delete-all').disabled = rowIds.length === 0;
    body.parentElement.hidden = rowIds.length === 0;
  };

  const showTitle = () => {
    byId('list-title').value = store.getValue('title') ?? '';
  };

  byId('pets-head').append(
    ...columns.map(({id, label, type}) =>
      element('th', {role: 'columnheader', scope: 'col', className: `cell-${id}`, title: type}, label),
    ),
    element('th', {role: 'columnheader', scope: 'col'}, element('span', {className: 'unseen'}, 'Delete')),
  );

  store.addRowIdsListener(table, showRows);
  store.addCellListener(table, null, null, (_store, _tableId, rowId, cellId) => {
    const column = columns.find(({id}) => id === cellId);
    if (column && inputs.get(rowId)?.get(cellId) !== document.activeElement) showCell(rowId, column);
    if (cellId === 'name' && inputs.has(rowId)) showName(rowId);
  });
  store.addValueListener('title', showTitle);

  byId('list-title').addEventListener('change', ({target}) => {
    if (target.value.trim()) store.setValue('title', target.value.trim());
    else store.delValue('title');
  });
  byId('add-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const [name, species] = [byId('add-name'), byId('add-species')];
    const pet = {name: name.value.trim(), species: species.value.trim(), age: null, chipped: false};
    if (!pet.name) return void name.focus();
    if (!pet.species) delete pet.species;
    store.addRow(table, pet);
    event.target.reset();
    name.focus();
    announce(`${pet.name} is added.`);
  });
  byId('add-samples').addEventListener('click', () => {
    store.transaction(() => Object.values(samples[0][table]).forEach((pet) => store.addRow(table, pet)));
    announce('Three pets are added.');
    byId('add-name').focus();
  });
  byId('delete-all').addEventListener('click', () => {
    store.delTable(table);
    byId('add-name').focus();
    announce('All pets are deleted.');
  });

  showRows();
  showTitle();
};
