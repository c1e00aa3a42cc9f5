// Persisters of stores with schemas.
import {createStore, type Content, type Store} from 'library/with-schemas';
import {
  createCustomPersister,
  Persists,
  Status,
  type PersistedChanges,
  type PersistedContent,
  type PersistedStore,
  type Persister,
  type PersisterListener,
  type PersisterStats,
  type StatusListener,
} from 'library/persisters/with-schemas';
import {
  createLocalPersister,
  createOpfsPersister,
  createSessionPersister,
  type LocalPersister,
  type OpfsPersister,
  type SessionPersister,
} from 'library/persisters/persister-browser/with-schemas';
import {createIndexedDbPersister, type IndexedDbPersister} from 'library/persisters/persister-indexed-db/with-schemas';
import {createFilePersister, type FilePersister} from 'library/persisters/persister-file/with-schemas';
import {createRemotePersister, type RemotePersister} from 'library/persisters/persister-remote/with-schemas';

const store = createStore().setSchema(
  {pets: {species: {type: 'string', required: true}, legs: {type: 'number', default: 4}}},
  {open: {type: 'boolean'}},
);
type Schemas = typeof store extends Store<infer Schemas> ? Schemas : never;

let stored: PersistedContent<Schemas> | undefined;
const persister = createCustomPersister(
  store,
  async () => stored,
  async (getContent: () => PersistedContent<Schemas>, changes?: PersistedChanges<Schemas>) => {
    stored = getContent();
    console.log(changes?.[1].open satisfies boolean | undefined);
  },
  (listener: PersisterListener<Schemas, Persists.StoreOnly, true>) => {
    listener([{pets: {fido: {species: 'dog'}}}, {}]);
    listener(undefined, [{pets: {fido: {legs: 3}}}, {}, 1]);
    // @ts-expect-error: no content of this store
    listener([{pets: {fido: {legs: 3}}}, {}]);
    return 7;
  },
  (handle) => console.log(handle satisfies number),
  (error) => console.error(error),
  Persists.StoreOnly,
);
const typed: Persister<Schemas> = persister;
const explicit = createCustomPersister<Schemas, number, Persists.StoreOnly>(
  store,
  async () => [{pets: {fido: {species: 'dog'}}}, {open: true}],
  async () => {},
  () => 1,
  () => {},
);
createCustomPersister(
  store,
  // @ts-expect-error: no content of this store
  async () => [{cars: {}}, {}],
  async () => {},
  () => 1,
  () => {},
);

const content: Content<Schemas, true> = [{pets: {}}, {}];
void persister.load(content).then((persister) => persister.startAutoLoad(() => content));
void persister.startAutoPersisting(content, true).then((persister) => persister.stopAutoPersisting(true));
void persister.save().then((persister) => persister.startAutoSave());
void persister.stopAutoLoad().then((persister) => persister.stopAutoSave());
void persister.schedule(async () => {}).then((persister) => persister.destroy());
const flags: boolean[] = [persister.isAutoLoading(), persister.isAutoSaving()];
const isIdle: boolean = persister.getStatus() === Status.Idle;
const stats: PersisterStats = persister.getStats();
const listenerId: string = persister.addStatusListener((persister, status: Status) => {
  console.log(persister.getStore().getCell('pets', 'fido', 'legs') satisfies number, status);
});
const statusListener: StatusListener<Schemas> = (persister, status) => console.log(persister.getStats(), status);
persister.addStatusListener(statusListener);
persister.delListener(listenerId);
const same: PersistedStore<Schemas> = persister.getStore();
// @ts-expect-error: a row that is set has what is required
void persister.load([{pets: {fido: {}}}, {}]);
// @ts-expect-error: no such value
void persister.startAutoLoad([{}, {closed: true}]);
// @ts-expect-error: the store of a persister has its schemas
persister.getStore().getTable('cars');

const session: SessionPersister<Schemas> = createSessionPersister(store, 'pets');
const local: LocalPersister<Schemas> = createLocalPersister(store, 'pets', (error) => console.error(error));
const names: string[] = [session.getStorageName(), local.getStorageName()];
const legs: number = local.getStore().getCell('pets', 'fido', 'legs');
// @ts-expect-error: there is no such table
session.getStore().getTable('cars');
// @ts-expect-error: a name is needed
createSessionPersister(store);
declare const handle: FileSystemFileHandle;
const opfs: OpfsPersister<Schemas> = createOpfsPersister(store, handle, (error) => console.error(error));
// @ts-expect-error: a handle is needed, not a name
createOpfsPersister(store, 'pets.json');
const file: FilePersister<Schemas> = createFilePersister(store, 'pets.json', (error) => console.error(error));
const filePath: string = file.getFilePath();
const fileLegs: number = file.getStore().getCell('pets', 'fido', 'legs');
// @ts-expect-error: a path is needed
createFilePersister(store);
console.log(opfs.getHandle(), filePath, fileLegs);
const remote: RemotePersister<Schemas> = createRemotePersister(store, '/pets', '/pets', 10, (error) =>
  console.error(error),
);
const [loadUrl, saveUrl]: [string, string] = createRemotePersister(store, '/pets', '/pets').getUrls();
const remoteLegs: number = remote.getStore().getCell('pets', 'fido', 'legs');
// @ts-expect-error: a URL to save to is needed
createRemotePersister(store, '/pets');
const indexedDb: IndexedDbPersister<Schemas> = createIndexedDbPersister(store, 'pets', 1, (error) =>
  console.error(error),
);
const dbName: string = createIndexedDbPersister(store, 'pets').getDbName();
const indexedLegs: number = indexedDb.getStore().getCell('pets', 'fido', 'legs');
// @ts-expect-error: a name is needed
createIndexedDbPersister(store);
console.log(dbName, indexedLegs);
console.log(loadUrl, saveUrl, remoteLegs);
console.log(typed, explicit, flags, isIdle, stats, same, names, legs);
