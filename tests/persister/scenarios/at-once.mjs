// Scenarios about auto-load, auto-save and saves of which one begins before another has come to its end.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};
const brought = (id) => [undefined, [{t: {r: {[id]: 1}}}, {}, 1]];

export const atOnceScenarios = {
  'what the listener brings while auto-save starts is not saved back': async (library, log) => {
    const gates = [deferred(), deferred()];
    let next = 0;
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gates[next++].promise});
    await backend.persister.startAutoLoad();
    watch(log, 'save', backend.persister.save());
    watch(log, 'start', backend.persister.startAutoSave());
    await settle();
    backend.listener(...brought('c'));
    for (const gate of gates) {
      gate.resolve();
      await settle();
      backend.report();
    }
  },

  'what the listener brings during the first load is not saved back': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'load', backend.persister.startAutoLoad());
    await settle();
    for (const id of ['c', 'd', 'e']) backend.listener(...brought(id));
    watch(log, 'save', backend.persister.startAutoSave());
    await settle();
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'auto-load started twice around a save that ends soon': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    watch(log, 'one', backend.persister.startAutoLoad());
    watch(log, 'save', backend.persister.save());
    watch(log, 'two', backend.persister.startAutoLoad());
    gate.resolve();
    await settle();
    backend.report();
  },

  'auto-load started during a save': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    watch(log, 'save', backend.persister.save());
    await settle();
    watch(log, 'load', backend.persister.startAutoLoad());
    await settle();
    gate.resolve();
    await settle();
    backend.report();
  },

  'a save that begins before auto-load has begun to load': async (library, log) => {
    const [adding, saving] = [deferred(), deferred()];
    const backend = createBackend(library, log, {
      content: [pets, {}],
      addPersisterListener: () => adding.promise,
      setPersisted: () => saving.promise,
    });
    watch(log, 'load', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'save', backend.persister.save());
    adding.resolve('handle');
    await settle();
    backend.report();
    saving.resolve();
    await settle();
    backend.report();
  },

  'auto-save started when auto-load has just been': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(log, 'load', backend.persister.startAutoLoad());
    watch(log, 'save', backend.persister.startAutoSave());
    await settle();
    backend.report();
    backend.store.setValue('v', 1);
    await settle();
    backend.report();
  },

  'auto-save started while the registration of auto-load is pending': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], addPersisterListener: () => gate.promise});
    watch(log, 'load', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'save', backend.persister.startAutoSave());
    await settle();
    backend.report();
    gate.resolve('handle');
    await settle();
    backend.report();
  },

  'what the listener brings during the second of two first loads': async (library, log) => {
    const [acting, loading] = [deferred(), deferred()];
    const answers = [[pets, {}], loading.promise];
    const backend = createBackend(library, log, {getPersisted: () => answers.shift()});
    watch(
      log,
      'schedule',
      backend.persister.schedule(() => acting.promise),
    );
    watch(log, 'one', backend.persister.startAutoLoad());
    await settle();
    watch(log, 'two', backend.persister.startAutoLoad());
    await settle();
    acting.resolve();
    await settle();
    backend.listener(...brought('c'));
    await settle();
    backend.report();
    loading.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'a notification during the last of several saves': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    watch(log, 'start', backend.persister.startAutoPersisting());
    await settle();
    watch(log, 'save', backend.persister.save());
    backend.listener();
    gate.resolve();
    await settle();
    backend.report();
  },

  'a save begun just after the listener has brought changes': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {content: [pets, {}], setPersisted: () => gate.promise});
    await backend.persister.startAutoLoad();
    backend.listener(...brought('c'));
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },
};
