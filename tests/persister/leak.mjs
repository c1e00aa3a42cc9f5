// Makes many persisters that refer to themselves, destroys them, and prints how many of their stores are still there.
// `node --expose-gc leak.mjs [keep]`; with `keep` it does not destroy them.
import {createCustomPersister, createStore} from '../../pkg/index.js';

const COUNT = 50;
const keeps = process.argv[2] === 'keep';

const useOne = async () => {
  const store = createStore().setTables({pets: {fido: {species: 'dog'}}});
  let heard;
  const persister = createCustomPersister(
    store,
    () => (persister.getStatus(), undefined),
    () => persister.getStatus(),
    (listener) => (heard = listener),
    () => (heard = persister),
    () => persister.getStatus(),
  );
  persister.addStatusListener(() => heard && store.getTables());
  await persister.startAutoPersisting();
  store.setCell('pets', 'fido', 'species', 'cat');
  await persister.schedule(() => persister.getStatus());
  if (!keeps) {
    await persister.destroy();
  }
  return new WeakRef(store);
};

const stores = [];
for (let index = 0; index < COUNT; index++) {
  stores.push(await useOne());
}
// Finalizers run between tasks, and what they free can be collected only after that.
for (let round = 0; round < 10; round++) {
  globalThis.gc();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
process.stdout.write(String(stores.filter((store) => store.deref()).length), () => process.exit());
