// Scenarios about schedule() and the order of what a persister does.
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
};
