// The example of TinyBase's guide "Custom Persistence", with nothing changed but the package it imports.
import {createCustomPersister, createStore} from 'cellarium';

const store = createStore().setTables({pets: {fido: {species: 'dog'}}});
let storeJson;
let interval;

const persister = createCustomPersister(
  store,
  async () => {
    try {
      return JSON.parse(storeJson);
    } catch {}
  },
  async (getContent) => (storeJson = JSON.stringify(getContent())),
  (listener) => (interval = setInterval(listener, 1000)),
  () => clearInterval(interval),
);

await persister.save();
console.log(storeJson);
// -> '[{"pets":{"fido":{"species":"dog"}}},{}]'

storeJson = '[{"pets":{"fido":{"species":"dog","color":"brown"}}},{}]';
await persister.load();

console.log(store.getTables());
// -> {pets: {fido: {species: 'dog', color: 'brown'}}}

persister.destroy();
