// Scenarios about save(): when setPersisted is called, with what, and what its failures do.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};

export const saveScenarios = {
  'save calls setPersisted before it returns': async (library, log) => {
    const backend = createBackend(library, log);
    backend.store.setTables(pets);
    const promise = watch(log, 'save', backend.persister.save());
    log('returned', backend.persister.getStatus());
    log('same persister', (await promise) === backend.persister);
    await settle();
    backend.report();
    log('stored', backend.stored);
  },

  'four saves at once run one after another': async (library, log) => {
    const backend = createBackend(library, log);
    for (const name of ['one', 'two', 'three', 'four']) {
      watch(log, name, backend.persister.save());
    }
    await settle();
    backend.report();
  },

  'slow saves run one after another and see the newest content': async (library, log) => {
    const gates = [deferred(), deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {
      setPersisted: async (getContent) => {
        const gate = gates[next++];
        await gate.promise;
        log('content', getContent());
      },
    });
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    watch(log, 'three', backend.persister.save());
    for (const [index, gate] of gates.entries()) {
      backend.store.setCell('t', 'r', 'c', index);
      await settle();
      backend.report();
      gate.resolve();
      await settle();
    }
    backend.report();
  },

  'a save that throws goes to onIgnoredError': async (library, log) => {
    const backend = createBackend(library, log, {
      raw: {
        setPersisted: () => {
          log('set');
          throw new Error('thrown');
        },
      },
    });
    watch(log, 'save', backend.persister.save());
    log('returned', backend.persister.getStatus());
    await settle();
    backend.report();
  },

  'a save that rejects goes to onIgnoredError and the next one runs': async (library, log) => {
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        if (count++ == 0) {
          throw 'a bare string';
        }
      },
    });
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    await settle();
    backend.report();
  },

  'setPersisted may be a plain function': async (library, log) => {
    const backend = createBackend(library, log, {
      raw: {setPersisted: (getContent) => log('set', getContent())},
    });
    watch(log, 'one', backend.persister.save());
    log('returned', backend.persister.getStatus());
    watch(log, 'two', backend.persister.save());
    log('returned', backend.persister.getStatus());
    await settle();
    backend.report();
  },

  'setPersisted may return a thenable that is not a promise': async (library, log) => {
    const backend = createBackend(library, log, {
      raw: {
        setPersisted: () => ({
          then: (resolve) => {
            log('then');
            resolve();
          },
        }),
      },
    });
    watch(log, 'save', backend.persister.save());
    log('returned');
    await settle();
    backend.report();
  },

  'a save during a load does nothing': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'load', backend.persister.load());
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'getContent gives encoded objects and can be called at any time': async (library, log) => {
    const backend = createBackend(library, log);
    backend.store.setTables({t: {r: {object: {a: [1]}, array: [null], text: 'x', none: null}}});
    backend.store.setValues({v: {b: 1}});
    await backend.persister.save();
    log('stored', backend.stored);
    log(
      'prototypes',
      Object.getPrototypeOf(backend.stored[0]) === null,
      Object.getPrototypeOf(backend.stored[1]) === null,
      Object.getPrototypeOf(backend.stored[0].t.r) === null,
    );
    backend.store.setCell('t', 'r', 'late', true);
    log('late', backend.getContent());
    log('fresh', backend.getContent() === backend.getContent());
  },

  'a save that never settles holds the queue': async (library, log) => {
    const backend = createBackend(library, log, {setPersisted: () => new Promise(() => {})});
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    await settle();
    backend.report();
    watch(log, 'load', backend.persister.load());
    await settle();
    backend.report();
  },

  'an onIgnoredError that throws rejects the save and the queue goes on': async (library, log) => {
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        if (count++ == 0) {
          throw new Error('save failed');
        }
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    await settle();
    backend.report();
  },

  'without onIgnoredError errors are swallowed': async (library, log) => {
    const backend = createBackend(library, log, {
      setPersisted: async () => {
        throw new Error('nobody hears');
      },
      raw: {onIgnoredError: undefined},
    });
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'setPersisted that calls save queues another': async (library, log) => {
    let count = 0;
    const backend = createBackend(library, log, {
      setPersisted: async (_getContent, _changes, {persister}) => {
        if (count++ == 0) {
          watch(log, 'inner', persister.save());
        }
      },
    });
    watch(log, 'outer', backend.persister.save());
    await settle();
    backend.report();
  },
};
