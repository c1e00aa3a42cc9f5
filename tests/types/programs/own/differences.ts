// Where the types say more than TinyBase's, because theirs are wrong about what is there when the app runs.
import {createStore as createPlainStore} from 'library';
import {createCustomPersister} from 'library/persisters';
import {createStore, type Changes, type Store} from 'library/with-schemas';

const store = createStore().setSchema(
  {pets: {species: {type: 'string'}, legs: {type: 'number', default: 4}}},
  {open: {type: 'boolean', default: true}, limit: {type: 'number'}},
);
type Schemas = typeof store extends Store<infer Schemas> ? Schemas : never;

// A log is an array.
const [cellsTouched, , changedCells, , changedValues, , changedTableIds, changedRowIds] = store.getTransactionLog();
const legs: number | undefined = changedCells.pets?.['fido']?.legs?.[1];
const limit: number | undefined = changedValues.limit?.[0];
console.log(cellsTouched satisfies boolean, legs, limit, changedTableIds.pets satisfies 1 | -1 | undefined);
// @ts-expect-error: no row may have come or gone
console.log(changedRowIds.pets['fido']);

// A value that is gone is undefined in changes.
const changes: Changes<Schemas> = [{pets: {fido: {legs: undefined}}}, {limit: undefined}, 1];
console.log(changes);

// A schema of tables alone leaves that of the values.
const open: boolean = store.setSchema({cars: {wheels: {type: 'number'}}}).getValue('open');
const wheels: number | undefined = store.setSchema({cars: {wheels: {type: 'number'}}}).getCell('cars', '1', 'wheels');
console.log(open, wheels);

// A listener may leave out what it does not need.
store.addCellListener('pets', null, 'legs', (_store, _tableId, petId) => console.log(petId));

// A roll-back may be decided by anything.
store.transaction(
  () => store.delTables(),
  (store) => store.getValue('limit'),
);
createPlainStore().transaction(
  () => {},
  (store) => store.getValue('limit'),
);

// Persisters need no promises.
createCustomPersister(
  createPlainStore(),
  () => [{}, {}],
  (getContent) => console.log(getContent()),
  () => 1,
  () => {},
);
