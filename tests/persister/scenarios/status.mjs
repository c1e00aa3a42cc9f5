// Scenarios about the status, its listeners, and the object itself.
import {createBackend, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};

export const statusScenarios = {
  'status listeners get the persister and are told of changes only': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    const {persister} = backend;
    const id = persister.addStatusListener((given, status) =>
      log('second', given === persister, status, persister.getStatus()),
    );
    log('id', typeof id, id);
    await persister.load();
    await persister.save();
    log('the store', persister.delListener(id) === backend.store);
    await persister.save();
    const again = persister.addStatusListener(() => log('again'));
    log('id', again);
    persister.delListener('unknown');
    await persister.load();
    backend.report();
  },

  'status listeners may be added and deleted by status listeners': async (library, log) => {
    const backend = createBackend(library, log);
    const {persister} = backend;
    const ids = {};
    ids.first = persister.addStatusListener((_persister, status) => {
      log('first', status);
      persister.delListener(ids.first);
      persister.delListener(ids.second);
      persister.addStatusListener((_persister, status) => log('third', status));
    });
    ids.second = persister.addStatusListener((_persister, status) => log('second', status));
    await persister.save();
    await settle();
    backend.report();
  },

  'a status listener that saves': async (library, log) => {
    const backend = createBackend(library, log);
    const {persister} = backend;
    let count = 0;
    persister.addStatusListener((_persister, status) => {
      if (count++ < 3) {
        watch(log, `inner after ${status}`, persister.save());
      }
    });
    watch(log, 'save', persister.save());
    await settle();
    backend.report();
  },

  'a status listener that throws': async (library, log) => {
    for (const bad of [0, 1, 2]) {
      const backend = createBackend(library, log, {content: [pets, {}]});
      const {persister} = backend;
      const id = persister.addStatusListener((_persister, status) => {
        if (status == bad) {
          throw new Error(`status ${status}`);
        }
      });
      log('bad', bad);
      watch(log, 'load', persister.load());
      await settle();
      backend.report();
      watch(log, 'save', persister.save());
      await settle();
      backend.report();
      persister.delListener(id);
      watch(log, 'load', persister.load());
      await settle();
      backend.report();
    }
  },

  'a status listener that throws in an automatic save': async (library, log) => {
    const backend = createBackend(library, log);
    const {persister, store} = backend;
    await persister.startAutoSave();
    persister.addStatusListener(() => {
      throw new Error('status');
    });
    store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
    store.setCell('t', 'r', 'c', 2);
    await settle();
    backend.report();
  },

  'a status listener that throws while the listener applies content': async (library, log) => {
    const backend = createBackend(library, log);
    const {persister} = backend;
    await persister.startAutoLoad();
    const id = persister.addStatusListener(() => {
      throw new Error('status');
    });
    watch(log, 'content', Promise.resolve(backend.listener([{t: {r: {c: 1}}}, {}])));
    await settle();
    backend.report();
    persister.delListener(id);
    watch(log, 'content', Promise.resolve(backend.listener([{t: {r: {c: 2}}}, {}])));
    await settle();
    backend.report();
  },

  'a status listener that throws each time': async (library, log) => {
    const backend = createBackend(library, log);
    backend.persister.addStatusListener((_persister, status) => {
      throw new Error(`status ${status}`);
    });
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'a failing save with a status listener that throws': async (library, log) => {
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        throw new Error('disk full');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    backend.persister.addStatusListener((_persister, status) => {
      if (status == 0) {
        throw new Error(`status ${status}`);
      }
    });
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'a status listener that throws keeps the later ones from being called': async (library, log) => {
    const backend = createBackend(library, log);
    backend.persister.addStatusListener((_persister, status) => {
      if (status == 2) {
        throw new Error(`status ${status}`);
      }
    });
    backend.persister.addStatusListener((_persister, status) => log('later', status));
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'a mode that needs a mergeable store is refused at once': async (library, log) => {
    try {
      createBackend(library, log, {mode: library.Persists.MergeableStoreOnly});
    } catch (error) {
      log('thrown', error);
    }
  },

  'the mode for either kind of store takes a plain store': async (library, log) => {
    const backend = createBackend(library, log, {mode: library.Persists.StoreOrMergeableStore, content: [pets, {}]});
    await backend.persister.startAutoPersisting();
    backend.store.setCell('t', 'r', 'c', {o: 1});
    await settle();
    backend.report();
    log('stored', backend.stored);
  },

  'the persister is a frozen plain object of this-free functions': async (library, log) => {
    const {persister, store} = createBackend(library, log);
    log('keys', Object.keys(persister).sort());
    log('frozen', Object.isFrozen(persister), Object.getPrototypeOf(persister) === Object.prototype);
    const {save, getStore, getStatus} = persister;
    log('unbound', (await save()) === persister, getStore() === store, getStatus());
    log('enums', library.Status, library.Persists);
  },
};
