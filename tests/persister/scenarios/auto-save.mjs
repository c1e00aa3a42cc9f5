// Scenarios about startAutoSave, stopAutoSave and auto-persisting in both directions.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};
const initial = [{initial: {r: {c: 1}}}, {}];

export const autoSaveScenarios = {
  'auto-save saves once, then every transaction that changes something': async (library, log) => {
    const backend = createBackend(library, log);
    const {store, persister} = backend;
    const promise = watch(log, 'start', persister.startAutoSave());
    log('returned', persister.isAutoSaving());
    log('same persister', (await promise) === persister);
    log('after', persister.isAutoSaving());
    store.setCell('t', 'r', 'c', 1);
    log('returned', persister.getStatus(), backend.stored);
    await settle();
    store.setCell('t', 'r', 'c', 1);
    store.transaction(() => store.setCell('t', 'r', 'c', 2).setCell('t', 'r', 'c', 1));
    store.transaction(() => {});
    store.transaction(
      () => store.setCell('t', 'r', 'c', 3),
      () => true,
    );
    await settle();
    backend.report();
    store.transaction(() => store.delTables().setValue('v', {a: 1}));
    await settle();
    backend.report();
    watch(log, 'stop', persister.stopAutoSave());
    log('returned', persister.isAutoSaving());
    await settle();
    store.setValue('v', 2);
    await settle();
    backend.report();
    log('stored', backend.stored);
  },

  'each transaction is saved by itself with its own changes': async (library, log) => {
    const backend = createBackend(library, log);
    await backend.persister.startAutoSave();
    for (let index = 0; index < 5; index++) {
      backend.store.setCell('t', 'r', 'c', index);
    }
    await settle();
    backend.report();
    log('stored', backend.stored);
  },

  'changes hold undefined for what was deleted and encoded objects': async (library, log) => {
    const backend = createBackend(library, log);
    const {store} = backend;
    store.setTables({a: {r: {c: 1, d: 2}, s: {c: 1}}, b: {r: {c: 1}}}).setValues({v: 1, w: 2});
    await backend.persister.startAutoSave();
    store.delTable('b');
    store.delRow('a', 's');
    store.delCell('a', 'r', 'd');
    store.delValue('v');
    store.setCell('a', 'r', 'o', {x: [1]});
    store.setContent([{}, {}]);
    await settle();
    backend.report();
  },

  'what changes while the first save is pending waits for the next change': async (library, log) => {
    const gate = deferred();
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async (getContent) => {
        log('content', getContent());
        if (count++ == 0) {
          await gate.promise;
        }
      },
    });
    watch(log, 'start', backend.persister.startAutoSave());
    backend.store.setCell('t', 'r', 'a', 1);
    await settle();
    gate.resolve();
    await settle();
    backend.report();
    backend.store.setCell('t', 'r', 'b', 2);
    await settle();
    backend.report();
  },

  'setPersisted may not write to the locked store before its first await': async (library, log) => {
    const backend = createBackend(library, log, {
      setPersisted: async (_getContent, changes, {store}) => {
        if (changes && !store.hasValue('late')) {
          store.setValue('early', 1);
          await null;
          store.setValue('late', 1);
        }
      },
    });
    await backend.persister.startAutoSave();
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
  },

  'a load is not saved again': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoSave();
    backend.store.addTablesListener((store) => store.setValue('mutated', true), true);
    await backend.persister.load();
    await settle();
    backend.report();
  },

  'auto-save goes on after a failure': async (library, log) => {
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        if (count++ == 1) {
          throw new Error('disk full');
        }
      },
    });
    await backend.persister.startAutoSave();
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
    backend.store.setCell('t', 'r', 'c', 2);
    await settle();
    backend.report();
  },

  'auto-save starts even if the first save fails': async (library, log) => {
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        throw new Error('disk full');
      },
    });
    watch(log, 'start', backend.persister.startAutoSave());
    await settle();
    backend.report();
  },

  'an onIgnoredError that throws rejects the start of auto-save': async (library, log) => {
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        throw new Error('disk full');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(log, 'start', backend.persister.startAutoSave());
    await settle();
    backend.report();
  },

  'an onIgnoredError that throws in an automatic save': async (library, log) => {
    let fail = false;
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        if (fail) {
          throw new Error('disk full');
        }
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    await backend.persister.startAutoSave();
    fail = true;
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
    fail = false;
    backend.store.setCell('t', 'r', 'c', 2);
    await settle();
    backend.report();
  },

  'a didFinish listener that throws does not stop auto-save': async (library, log) => {
    const backend = createBackend(library, log);
    backend.store.addDidFinishTransactionListener(() => {
      throw new Error('listener failed');
    });
    await backend.persister.startAutoSave();
    try {
      backend.store.setCell('t', 'r', 'c', 1);
    } catch (error) {
      log('thrown', error);
    }
    await settle();
    backend.report();
  },

  'starting auto-save twice leaves one listener': async (library, log) => {
    const backend = createBackend(library, log);
    watch(log, 'one', backend.persister.startAutoSave());
    watch(log, 'two', backend.persister.startAutoSave());
    await settle();
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
    await backend.persister.startAutoSave();
    await backend.persister.stopAutoSave();
  },

  'stopping auto-save while it starts': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {setPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoSave());
    watch(log, 'stop', backend.persister.stopAutoSave());
    await settle();
    gate.resolve();
    await settle();
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
  },

  'a pending save finishes after auto-save is stopped': async (library, log) => {
    const gate = deferred();
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async (getContent) => {
        if (count++ == 1) {
          await gate.promise;
        }
        log('content', getContent());
      },
    });
    await backend.persister.startAutoSave();
    backend.store.setCell('t', 'r', 'c', 1);
    backend.store.setCell('t', 'r', 'c', 2);
    await backend.persister.stopAutoSave();
    backend.store.setCell('t', 'r', 'c', 3);
    gate.resolve();
    await settle();
    backend.report();
  },

  'startAutoPersisting loads, then saves': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    const promise = watch(log, 'start', backend.persister.startAutoPersisting(initial));
    log('same persister', (await promise) === backend.persister);
    await settle();
    backend.report();
    backend.store.setCell('t', 'r', 'c', 1);
    await settle();
    backend.report();
    watch(log, 'stop', backend.persister.stopAutoPersisting());
    await settle();
    backend.report();
  },

  'startAutoPersisting may save first': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    backend.store.setValue('mine', 1);
    watch(log, 'start', backend.persister.startAutoPersisting(initial, true));
    await settle();
    backend.report();
    watch(log, 'stop', backend.persister.stopAutoPersisting(true));
    await settle();
    backend.report();
  },

  'startAutoPersisting with nothing stored saves the initial content': async (library, log) => {
    const backend = createBackend(library, log);
    await backend.persister.startAutoPersisting(initial);
    await settle();
    backend.report();
    log('stored', backend.stored);
  },

  'a failing first half of startAutoPersisting': async (library, log) => {
    for (const saveFirst of [false, true]) {
      const backend = createBackend(library, log, {
        getPersisted: () => {
          throw new Error('cannot read');
        },
        setPersisted: () => {
          throw new Error('cannot write');
        },
        onIgnoredError: () => {
          throw new Error('handler failed');
        },
      });
      watch(log, 'start', backend.persister.startAutoPersisting(initial, saveFirst));
      await settle();
      backend.report();
    }
  },

  'a failing second half of startAutoPersisting stops both': async (library, log) => {
    for (const saveFirst of [false, true]) {
      const backend = createBackend(library, log, {
        content: [pets, {}],
        getPersisted: () => {
          if (saveFirst) {
            throw new Error('cannot read');
          }
          return [pets, {}];
        },
        setPersisted: () => {
          if (!saveFirst) {
            throw new Error('cannot write');
          }
        },
        onIgnoredError: () => {
          throw new Error('handler failed');
        },
      });
      watch(log, 'start', backend.persister.startAutoPersisting(initial, saveFirst));
      await settle();
      backend.report();
    }
  },

  'stopAutoPersisting stops both although the first half fails': async (library, log) => {
    const backend = createBackend(library, log, {
      content: [pets, {}],
      delPersisterListener: () => {
        throw new Error('cannot stop');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    await backend.persister.startAutoPersisting();
    watch(log, 'stop', backend.persister.stopAutoPersisting());
    await settle();
    backend.report();
  },

  'the listener does not echo into a save': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoPersisting();
    backend.listener([{t: {r: {c: 1}}}, {}]);
    await settle();
    backend.report();
    backend.listener(undefined, [{t: {r: {c: 2}}}, {}, 1]);
    await settle();
    backend.report();
    backend.store.setCell('t', 'r', 'c', 3);
    await settle();
    backend.report();
  },

  'auto-persisting that fails leaves a newer start alone': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      content: [pets, {}],
      setPersisted: () => gate.promise,
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(log, 'start', backend.persister.startAutoPersisting());
    await settle();
    watch(log, 'newer', backend.persister.startAutoLoad());
    await settle();
    backend.report();
    gate.reject(new Error('disk full'));
    await settle();
    backend.report();
  },

  'auto-persisting started twice at once': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(log, 'one', backend.persister.startAutoPersisting());
    watch(log, 'two', backend.persister.startAutoPersisting());
    await settle();
    backend.report();
    backend.store.setValue('v', 1);
    await settle();
    backend.report();
  },

  'auto-persisting stopped while it starts': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoPersisting());
    await settle();
    watch(log, 'stop', backend.persister.stopAutoPersisting());
    await settle();
    backend.report();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
    backend.store.setValue('v', 1);
    await settle();
    backend.report();
  },
};
