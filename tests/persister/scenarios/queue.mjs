// Scenarios about schedule(), status listeners and destroy().
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};

export const queueScenarios = {
  'scheduled actions run one after another, the first one at once': async (library, log) => {
    const backend = createBackend(library, log);
    const action = (name) => async () => {
      log(`${name} begins`);
      await null;
      log(`${name} ends`);
    };
    const promise = watch(log, 'one', backend.persister.schedule(action('a'), action('b')));
    log('returned', backend.persister.getStatus());
    watch(log, 'two', backend.persister.schedule(action('c')));
    watch(log, 'save', backend.persister.save());
    log('same persister', (await promise) === backend.persister);
    await settle();
    backend.report();
  },

  'scheduling nothing': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log);
    watch(log, 'idle', backend.persister.schedule());
    await settle();
    watch(
      log,
      'busy',
      backend.persister.schedule(() => gate.promise),
    );
    watch(log, 'nothing', backend.persister.schedule());
    await settle();
    log('open');
    gate.resolve();
    await settle();
    backend.report();
  },

  'slow scheduled actions of several callers': async (library, log) => {
    const gates = [0, 1, 2, 3].map(deferred);
    const backend = createBackend(library, log);
    const action = (index) => async () => {
      log('begin', index);
      await gates[index].promise;
      log('end', index);
    };
    watch(log, 'first', backend.persister.schedule(action(0), action(1)));
    watch(log, 'second', backend.persister.schedule(action(2)));
    watch(log, 'third', backend.persister.schedule(action(3)));
    for (const gate of gates) {
      await settle();
      log('open');
      gate.resolve();
    }
    await settle();
    backend.report();
  },

  'an action that fails goes to onIgnoredError and the next one runs': async (library, log) => {
    const backend = createBackend(library, log);
    watch(
      log,
      'schedule',
      backend.persister.schedule(
        () => {
          throw new Error('thrown');
        },
        async () => {
          throw new Error('rejected');
        },
        () => log('third'),
      ),
    );
    await settle();
    backend.report();
  },

  'an action that fails with an onIgnoredError that throws': async (library, log) => {
    const backend = createBackend(library, log, {
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(
      log,
      'one',
      backend.persister.schedule(
        async () => {
          throw new Error('rejected');
        },
        async () => log('second action'),
      ),
    );
    watch(
      log,
      'two',
      backend.persister.schedule(async () => log('third action')),
    );
    await settle();
    backend.report();
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'an action that is not a function': async (library, log) => {
    const backend = createBackend(library, log);
    watch(
      log,
      'schedule',
      backend.persister.schedule(5, () => log('next')),
    );
    await settle();
    backend.report();
  },

  'an action may schedule, save and load without waiting': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(
      log,
      'outer',
      backend.persister.schedule(async () => {
        log('action');
        watch(
          log,
          'inner',
          backend.persister.schedule(async () => log('inner action')),
        );
        watch(log, 'load', backend.persister.load());
        watch(log, 'save', backend.persister.save());
      }),
    );
    await settle();
    backend.report();
  },

  'awaiting the own queue inside an action never ends': async (library, log) => {
    const backend = createBackend(library, log);
    watch(
      log,
      'outer',
      backend.persister.schedule(() => backend.persister.schedule(() => log('inner'))),
    );
    await settle();
    backend.report();
  },

  'two persisters on one store have queues of their own': async (library, log) => {
    const store = library.createStore();
    const gate = deferred();
    const slow = createBackend(library, log, {store, setPersisted: () => gate.promise});
    const quick = createBackend(library, log, {store});
    watch(log, 'slow', slow.persister.save());
    watch(log, 'quick', quick.persister.save());
    await settle();
    slow.report();
    quick.report();
    gate.resolve();
    await settle();
    slow.report();
  },

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

  'destroy drops what is queued and waits for what runs': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      content: [pets, {}],
      setPersisted: async (getContent, _changes, {store}) => {
        if (store.hasValue('slow')) {
          await gate.promise;
          log('content', getContent());
        }
      },
    });
    const {persister, store} = backend;
    await persister.startAutoPersisting();
    store.setValue('slow', 1);
    store.setValue('slow', 2);
    watch(log, 'save', persister.save());
    watch(
      log,
      'schedule',
      persister.schedule(() => log('never')),
    );
    const destroyed = watch(log, 'destroy', persister.destroy());
    watch(log, 'destroy again', persister.destroy());
    backend.report();
    store.setValue('slow', 3);
    await settle();
    backend.report();
    gate.resolve();
    log('same persister', (await destroyed) === persister);
    await settle();
    backend.report();
    store.setValue('slow', 4);
    await settle();
    watch(log, 'destroy once more', persister.destroy());
    await settle();
    backend.report();
  },

  'destroy when idle': async (library, log) => {
    const backend = createBackend(library, log);
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    backend.report();
  },

  'destroy while the registration is pending': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {addPersisterListener: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    backend.report();
    gate.resolve('handle');
    await settle();
    backend.report();
    backend.listener([pets, {}]);
    await settle();
    backend.report();
  },

  'destroy from within a scheduled action': async (library, log) => {
    const backend = createBackend(library, log);
    watch(
      log,
      'schedule',
      backend.persister.schedule(
        async () => {
          log('action');
          watch(log, 'destroy', backend.persister.destroy());
        },
        async () => log('never'),
      ),
    );
    await settle();
    backend.report();
  },

  'the running load finishes although destroy was called': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'load', backend.persister.load());
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'destroy with a delPersisterListener that fails': async (library, log) => {
    const backend = createBackend(library, log, {
      delPersisterListener: async () => {
        throw new Error('cannot stop');
      },
    });
    await backend.persister.startAutoPersisting();
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    backend.report();
  },

  'automatic ways to start after destroy': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    const {persister} = backend;
    await persister.destroy();
    watch(log, 'stopAutoLoad', persister.stopAutoLoad());
    await settle();
    watch(log, 'stopAutoSave', persister.stopAutoSave());
    await settle();
    watch(log, 'stopAutoPersisting', persister.stopAutoPersisting());
    await settle();
    watch(log, 'startAutoLoad', persister.startAutoLoad());
    await settle();
    watch(log, 'startAutoSave', persister.startAutoSave());
    await settle();
    backend.store.setValue('v', 1);
    await settle();
    backend.report();
  },

  'save, load and schedule after destroy': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    const {persister} = backend;
    await persister.destroy();
    watch(log, 'save', persister.save());
    await settle();
    backend.report();
    watch(log, 'load', persister.load());
    await settle();
    backend.report();
    watch(
      log,
      'schedule',
      persister.schedule(() => log('never')),
    );
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

  'two actions that fail with an onIgnoredError that throws': async (library, log) => {
    let count = 0;
    const backend = createBackend(library, log, {
      onIgnoredError: () => {
        throw new Error(`handler failed ${count++}`);
      },
    });
    const fail = async () => {
      throw new Error('rejected');
    };
    watch(
      log,
      'one',
      backend.persister.schedule(fail, fail, () => log('third')),
    );
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

  'saves and loads between scheduled actions': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}]});
    const {persister} = backend;
    watch(
      log,
      'schedule',
      persister.schedule(() => gate.promise),
    );
    watch(log, 'save', persister.save());
    watch(log, 'load', persister.load());
    backend.report();
    await settle();
    gate.resolve();
    await settle();
    backend.report();
    watch(log, 'load', persister.load());
    watch(
      log,
      'schedule',
      persister.schedule(() => log('action')),
    );
    watch(log, 'load', persister.load());
    watch(
      log,
      'schedule',
      persister.schedule(() => log('action')),
    );
    await settle();
    backend.report();
  },

  'destroy with a delPersisterListener and an onIgnoredError that fail': async (library, log) => {
    const backend = createBackend(library, log, {
      delPersisterListener: () => {
        throw new Error('cannot stop');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    await backend.persister.startAutoPersisting();
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    backend.report();
    watch(log, 'destroy again', backend.persister.destroy());
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

  'destroy in the middle of actions scheduled together': async (library, log) => {
    const gates = [deferred(), deferred()];
    const backend = createBackend(library, log);
    const {persister} = backend;
    watch(
      log,
      'first',
      persister.schedule(() => gates[0].promise),
    );
    watch(
      log,
      'second',
      persister.schedule(
        () => gates[1].promise,
        () => log('never'),
      ),
    );
    gates[0].resolve();
    await settle();
    watch(log, 'destroy', persister.destroy());
    await settle();
    log('open');
    gates[1].resolve();
    await settle();
    backend.report();
  },

  'the listener after destroy': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    await backend.persister.destroy();
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    watch(log, 'nothing', backend.listener());
    await settle();
    backend.report();
  },

  'auto-loading started and destroyed at once': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(log, 'start', backend.persister.startAutoPersisting());
    await settle();
    watch(log, 'start again', backend.persister.startAutoPersisting());
    watch(log, 'destroy', backend.persister.destroy());
    await settle();
    backend.report();
  },
};
