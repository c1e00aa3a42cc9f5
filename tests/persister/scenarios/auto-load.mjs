// Scenarios about startAutoLoad and stopAutoLoad: registering, loading, stopping.
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
};
