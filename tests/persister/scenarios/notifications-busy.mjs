// Scenarios about what a back end announces to a persister that saves.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};

export const busyNotificationScenarios = {
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
};
