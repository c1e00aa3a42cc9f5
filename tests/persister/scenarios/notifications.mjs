// Scenarios about what a back end announces to an idle or loading persister.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};
const initial = [{initial: {r: {c: 1}}}, {}];

export const notificationScenarios = {
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
