// Scenarios about startAutoLoad and stopAutoLoad: registration, notifications and their order.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};
const initial = [{initial: {r: {c: 1}}}, {}];

export const autoLoadScenarios = {
  'auto-load registers its listener, then loads': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    const promise = watch(log, 'start', backend.persister.startAutoLoad(initial));
    log('returned', backend.persister.getStatus(), backend.persister.isAutoLoading());
    log('same persister', (await promise) === backend.persister);
    await settle();
    backend.report();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    log('returned', backend.persister.isAutoLoading());
    await settle();
    backend.report();
    watch(log, 'stop again', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'auto-load with nothing stored takes the initial content': async (library, log) => {
    const backend = createBackend(library, log);
    await backend.persister.startAutoLoad(initial);
    await settle();
    backend.report();
  },

  'addPersisterListener may be asynchronous': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      addPersisterListener: () => gate.promise,
      content: [pets, {}],
    });
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    backend.report();
    gate.resolve(0);
    await settle();
    backend.report();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'stopping while the registration is pending waits for it': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      addPersisterListener: () => gate.promise,
      content: [pets, {}],
    });
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
    gate.resolve('late');
    await settle();
    backend.report();
    backend.listener([{t: {r: {c: 1}}}, {}]);
    await settle();
    backend.report();
  },

  'two starts at once leave one listener': async (library, log) => {
    let handle = 0;
    const gates = [deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {
      addPersisterListener: async () => {
        await gates[next++].promise;
        return ++handle;
      },
      content: [pets, {}],
    });
    watch(log, 'one', backend.persister.startAutoLoad());
    watch(log, 'two', backend.persister.startAutoLoad());
    await settle();
    backend.report();
    gates[0].resolve();
    await settle();
    backend.report();
    gates[1].resolve();
    await settle();
    backend.report();
    for (const listener of backend.listeners) {
      listener([{t: {r: {c: backend.listeners.indexOf(listener)}}}, {}]);
      await settle();
      backend.report();
    }
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'starting again replaces the listener': async (library, log) => {
    let handle = 0;
    const backend = createBackend(library, log, {addPersisterListener: () => ++handle, content: [pets, {}]});
    await backend.persister.startAutoLoad();
    const [first] = backend.listeners;
    await backend.persister.startAutoLoad();
    await settle();
    backend.report();
    first([{t: {r: {c: 'old listener'}}}, {}]);
    await settle();
    backend.report();
    backend.listener([{t: {r: {c: 'new listener'}}}, {}]);
    await settle();
    backend.report();
  },

  'a listener handle of undefined works but cannot be deleted': async (library, log) => {
    const backend = createBackend(library, log, {addPersisterListener: () => undefined, content: [pets, {}]});
    await backend.persister.startAutoLoad();
    backend.report();
    backend.listener([{t: {r: {c: 1}}}, {}]);
    await settle();
    backend.report();
    await backend.persister.stopAutoLoad();
    backend.report();
    backend.listener([{t: {r: {c: 2}}}, {}]);
    await settle();
    backend.report();
  },

  'a handle may be null, false or an object': async (library, log) => {
    for (const handle of [null, false, '', {a: 1}]) {
      const backend = createBackend(library, log, {addPersisterListener: () => handle});
      await backend.persister.startAutoLoad();
      backend.report();
      await backend.persister.stopAutoLoad();
      backend.report();
    }
  },

  'addPersisterListener that throws': async (library, log) => {
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: () => {
        throw new Error('cannot listen');
      },
    });
    watch(log, 'start', backend.persister.startAutoLoad(initial));
    await settle();
    backend.report();
  },

  'addPersisterListener that rejects': async (library, log) => {
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: async () => {
        throw new Error('cannot listen');
      },
    });
    watch(log, 'start', backend.persister.startAutoLoad(initial));
    await settle();
    backend.report();
  },

  'addPersisterListener that throws with an onIgnoredError that throws': async (library, log) => {
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: () => {
        throw new Error('cannot listen');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(log, 'start', backend.persister.startAutoLoad(initial));
    await settle();
    backend.report();
  },

  'delPersisterListener that throws or rejects': async (library, log) => {
    for (const failing of [
      () => {
        throw new Error('cannot stop');
      },
      async () => {
        throw new Error('cannot stop later');
      },
    ]) {
      const backend = createBackend(library, log, {delPersisterListener: failing});
      await backend.persister.startAutoLoad();
      watch(log, 'stop', backend.persister.stopAutoLoad());
      await settle();
      backend.report();
    }
  },

  'delPersisterListener that throws with an onIgnoredError that throws': async (library, log) => {
    const backend = createBackend(library, log, {
      delPersisterListener: () => {
        throw new Error('cannot stop');
      },
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    await backend.persister.startAutoLoad();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'the listener applies content at once when idle': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    const answer = backend.listener([{t: {r: {c: 1}}}, {v: 1}]);
    log('returned', backend.persister.getStatus(), backend.store.getContent());
    log('a promise', typeof answer?.then);
    await settle();
    backend.report();
  },

  'the listener applies changes, which win over content': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    backend.listener(undefined, [{t: {r: {c: 1}}}, {}, 1]);
    backend.report();
    await settle();
    backend.listener([{whole: {r: {c: 1}}}, {}], [{pets: undefined}, {v: 2}, 1]);
    backend.report();
    await settle();
    backend.report();
    backend.listener([{t: {r: {c: 3}}}, {}, 1]);
    await settle();
    backend.report();
  },

  'the listener without arguments loads': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad(initial);
    backend.content = [{t: {r: {c: 1}}}, {}];
    backend.listener();
    log('returned', backend.persister.getStatus());
    await settle();
    backend.report();
    backend.content = undefined;
    backend.listener(null, 0);
    await settle();
    backend.report();
  },

  'what the listener brings during the initial load is applied after it': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'content', Promise.resolve(backend.listener([{t: {r: {c: 1}}}, {}])));
    watch(log, 'changes', Promise.resolve(backend.listener(undefined, [{t: {r: {d: 2}}}, {}, 1])));
    watch(log, 'nothing', Promise.resolve(backend.listener()));
    backend.report();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'what the listener brings during a save is applied after it': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    backend.listener([{t: {r: {c: 1}}}, {}]);
    backend.listener(undefined, [{t: {r: {d: 2}}}, {}, 1]);
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'many notifications during a save are one load after it': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    backend.listener();
    backend.listener();
    backend.listener();
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'many notifications when idle are many loads': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    backend.listener();
    backend.listener();
    backend.listener();
    await settle();
    backend.report();
  },

  'the listener given something that is not content': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    for (const bad of [{}, 'text', 5, true, [], [1]]) {
      watch(log, 'content', Promise.resolve(backend.listener(bad)));
      await settle();
      backend.report();
    }
  },

  'the listener given malformed changes rejects': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    for (const bad of [[{t: null}, {}, 1], 5, [null, null, 1], [{t: {r: {c: 1}}}, {}], [{t: {r: {c: 2}}}, {}, 2]]) {
      watch(log, 'changes', Promise.resolve(backend.listener(undefined, bad)));
      await settle();
      backend.report();
    }
  },

  'a store listener that throws while the listener applies content': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    backend.store.addTablesListener(() => {
      throw new Error('listener failed');
    });
    watch(log, 'content', Promise.resolve(backend.listener([{t: {r: {c: 1}}}, {}])));
    await settle();
    backend.report();
    watch(log, 'changes', Promise.resolve(backend.listener(undefined, [{t: {r: {c: 2}}}, {}, 1])));
    await settle();
    backend.report();
  },

  'a listener called after stop does nothing': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    await backend.persister.stopAutoLoad();
    backend.listener([{t: {r: {c: 1}}}, {}]);
    backend.listener(undefined, [{t: {r: {c: 1}}}, {}, 1]);
    backend.listener();
    await settle();
    backend.report();
  },

  'a listener called while it is being added': async (library, log) => {
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: (listener) => {
        listener([{early: {r: {c: 1}}}, {}]);
        return 'handle';
      },
    });
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    backend.report();
  },

  'stopping in the middle of the initial load': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'content queued by the listener before stop': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    backend.listener([{t: {r: {c: 1}}}, {}]);
    backend.listener();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    gate.resolve();
    await settle();
    backend.report();
  },

  'stopping before the registration has begun': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(log, 'start', backend.persister.startAutoLoad());
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'starting again while the registration is pending': async (library, log) => {
    const gates = [deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {
      addPersisterListener: () => gates[next++].promise,
      content: [pets, {}],
    });
    watch(log, 'one', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'two', backend.persister.startAutoLoad());
    await settle();
    backend.report();
    gates[0].resolve('first');
    await settle();
    backend.report();
    gates[1].resolve('second');
    await settle();
    backend.report();
    backend.listeners[0]([{t: {r: {c: 1}}}, {}]);
    await settle();
    backend.report();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
  },

  'a registration that fails after auto-load was stopped': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {addPersisterListener: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    gate.reject(new Error('too late'));
    await settle();
    backend.report();
  },

  'content while a scheduled action runs': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    watch(
      log,
      'schedule',
      backend.persister.schedule(() => gate.promise),
    );
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    backend.report();
    await settle();
    watch(log, 'nothing', backend.listener());
    await settle();
    backend.report();
    watch(log, 'content again', backend.listener([{t: {r: {c: 2}}}, {}]));
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'a save with a pending notification and a slow load': async (library, log) => {
    const saving = deferred();
    const loading = deferred();
    let slow = false;
    const backend = createBackend(library, log, {
      getPersisted: () => (slow ? loading.promise : [pets, {}]),
      setPersisted: () => saving.promise,
    });
    await backend.persister.startAutoLoad();
    slow = true;
    watch(log, 'save', backend.persister.save());
    watch(log, 'nothing', backend.listener());
    watch(log, 'nothing again', backend.listener());
    await settle();
    backend.report();
    saving.resolve();
    await settle();
    backend.report();
    loading.resolve([{t: {r: {c: 1}}}, {}]);
    await settle();
    backend.report();
  },

  'several saves with a pending notification': async (library, log) => {
    const gates = [deferred(), deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {
      content: [pets, {}],
      setPersisted: () => gates[next++].promise,
    });
    await backend.persister.startAutoLoad();
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    watch(log, 'three', backend.persister.save());
    watch(log, 'nothing', backend.listener());
    for (const gate of gates) {
      await settle();
      backend.report();
      gate.resolve();
    }
    await settle();
    backend.report();
  },

  'a notification during a save that fails': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'nothing', backend.listener());
    gate.reject(new Error('disk full'));
    await settle();
    backend.report();
  },

  'a notification during a save, stopped before the save ends': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'nothing', backend.listener());
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    gate.resolve();
    await settle();
    backend.report();
  },

  'only content queued by the listener before stop': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'bad changes queued by the listener': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'changes', backend.listener(undefined, [{t: null}, {}, 1]));
    await settle();
    gate.resolve();
    await settle();
    backend.report();
  },

  'notifications during a load': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    const start = watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'nothing', backend.listener());
    watch(log, 'nothing', backend.listener());
    await settle();
    backend.report();
    gate.resolve([pets, {}]);
    await start;
    await settle();
    backend.report();
  },

  'a store listener that calls the listener while content is applied': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    let count = 0;
    backend.store.addTablesListener(() => {
      if (count++ == 0) {
        watch(log, 'inner', backend.listener([{inner: {r: {c: 1}}}, {}]));
      }
    });
    watch(log, 'outer', backend.listener([{outer: {r: {c: 1}}}, {}]));
    backend.report();
    await settle();
    backend.report();
  },

  'two contents at once': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    await backend.persister.startAutoLoad();
    watch(log, 'one', backend.listener([{one: {r: {c: 1}}}, {}]));
    backend.report();
    watch(log, 'two', backend.listener([{two: {r: {c: 1}}}, {}]));
    backend.report();
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'a registration that never settles keeps startAutoLoad waiting': async (library, log) => {
    const backend = createBackend(library, log, {addPersisterListener: () => new Promise(() => {})});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'save', backend.persister.save());
    await settle();
    watch(log, 'load', backend.persister.load());
    await settle();
    backend.report();
  },

  'content and notifications while a later save runs': async (library, log) => {
    const gates = [deferred(), deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {
      content: [pets, {}],
      setPersisted: () => gates[next++].promise,
    });
    await backend.persister.startAutoLoad();
    watch(log, 'one', backend.persister.save());
    watch(log, 'two', backend.persister.save());
    watch(log, 'three', backend.persister.save());
    gates[0].resolve();
    gates[1].resolve();
    await settle();
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    backend.report();
    watch(log, 'nothing', backend.listener());
    backend.report();
    await settle();
    gates[2].resolve();
    await settle();
    backend.report();
  },

  'starting again while the old listener is being deleted': async (library, log) => {
    const gate = deferred();
    let handle = 0;
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: () => ++handle,
      delPersisterListener: () => gate.promise,
    });
    await backend.persister.startAutoLoad();
    watch(log, 'stop', backend.persister.stopAutoLoad());
    await settle();
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'a notification during a save that rejects': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      content: [pets, {}],
      setPersisted: () => gate.promise,
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'nothing', backend.listener());
    gate.reject(new Error('disk full'));
    await settle();
    backend.report();
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'stopping twice while the old listener is being deleted': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {delPersisterListener: () => gate.promise});
    await backend.persister.startAutoLoad();
    watch(log, 'one', backend.persister.stopAutoLoad());
    watch(log, 'two', backend.persister.stopAutoLoad());
    await settle();
    watch(log, 'three', backend.persister.stopAutoLoad());
    await settle();
    log('open');
    gate.resolve();
    await settle();
    backend.report();
  },

  'content while the registration is pending': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: () => gate.promise,
    });
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    backend.report();
    watch(log, 'nothing', backend.listener());
    backend.report();
    await settle();
    gate.resolve(1);
    await settle();
    backend.report();
  },

  'content during the load of a stopped auto-load': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'content', backend.listener([{t: {r: {c: 1}}}, {}]));
    watch(log, 'stop', backend.persister.stopAutoLoad());
    watch(log, 'start', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'content', backend.listener([{u: {r: {c: 1}}}, {}]));
    backend.report();
    await settle();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },
};
