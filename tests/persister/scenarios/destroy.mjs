// Scenarios about destroy() and what may be called after it.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};

export const destroyScenarios = {
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
