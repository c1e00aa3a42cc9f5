// Scenarios about load(): what getPersisted may answer, initial content, and failures.
import {createBackend, deferred, settle, watch} from '../harness.mjs';

const pets = {pets: {fido: {species: 'dog'}}};
const initial = [{initial: {r: {c: 1}}}, {}];

const answers = {
  array: () => [pets, {v: 1}],
  'array of changes': () => [{t: {r: {c: 2}, gone: undefined}}, {}, 1],
  'changes that undo': () => [{t: undefined}, {old: undefined}, 1],
  'empty array': () => [],
  'array of one empty object': () => [{}],
  'array of two empty objects': () => [{}, {}],
  'array with a third element 2': () => [pets, {}, 2],
  undefined: () => undefined,
  null: () => null,
  'empty text': () => '',
  text: () => 'text',
  zero: () => 0,
  false: () => false,
  object: () => ({}),
  'encoded cells': () => [{t: {r: {o: '\uFFFD{"a":1}', bad: '\uFFFD{', mark: '\uFFFC'}}}, {}],
  'real objects': () => [{t: {r: {o: {a: [1]}, l: [1, 2]}}}, {v: {x: null}}],
  'mergeable content': () => [
    [{t: [{r: [{c: [1, 'hlc', 1]}, '', 1]}, '', 1]}, '', 1],
    [{}, '', 0],
  ],
  'malformed changes': () => [{t: null}, {}, 1],
  'invalid content': () => [1, 2],
};

const loadScenarios = {};
for (const [name, answer] of Object.entries(answers)) {
  for (const withInitial of [false, true]) {
    for (const plain of [false, true]) {
      const title = `load of ${name}${withInitial ? ' with initial content' : ''}${plain ? ' from a plain function' : ''}`;
      loadScenarios[title] = async (library, log) => {
        const backend = createBackend(library, log, plain ? {raw: {getPersisted: answer}} : {getPersisted: answer});
        backend.store.setTables({t: {r: {c: 1}, gone: {c: 1}}}).setValues({old: true});
        const promise = watch(log, 'load', backend.persister.load(withInitial ? initial : undefined));
        log('returned', backend.persister.getStatus(), backend.store.getContent());
        log('same persister', (await promise) === backend.persister);
        await settle();
        backend.report();
      };
    }
  }
}

Object.assign(loadScenarios, {
  'initial content may be a function, called only when it is needed': async (library, log) => {
    const backend = createBackend(library, log);
    const make = () => {
      log('initial');
      return initial;
    };
    await backend.persister.load(make);
    backend.report();
    backend.content = [pets, {}];
    await backend.persister.load(make);
    backend.report();
  },

  'initial content that throws': async (library, log) => {
    const backend = createBackend(library, log);
    watch(
      log,
      'load',
      backend.persister.load(() => {
        throw new Error('initial failed');
      }),
    );
    await settle();
    backend.report();
  },

  'initial content that is not content': async (library, log) => {
    for (const value of [null, 0, '', 'text', {}, [], [{}], [null, {}], () => undefined, () => 5]) {
      const backend = createBackend(library, log);
      backend.store.setTables(pets).setValues({v: 1});
      watch(log, 'load', backend.persister.load(value));
      await settle();
      backend.report();
    }
  },

  'getPersisted that rejects, with initial content': async (library, log) => {
    const backend = createBackend(library, log, {
      getPersisted: async () => {
        throw new Error('unreadable');
      },
    });
    watch(log, 'load', backend.persister.load(initial));
    await settle();
    backend.report();
  },

  'getPersisted that throws, without initial content': async (library, log) => {
    const backend = createBackend(library, log, {
      raw: {
        getPersisted: () => {
          throw 42;
        },
      },
    });
    watch(log, 'load', backend.persister.load());
    log('returned', backend.persister.getStatus());
    await settle();
    backend.report();
  },

  'a store listener that throws during a load': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    let count = 0;
    backend.store.addTablesListener(() => {
      if (count++ == 0) {
        throw new Error('listener failed');
      }
    });
    watch(log, 'load', backend.persister.load(initial));
    await settle();
    backend.report();
  },

  'an onIgnoredError that throws during a load': async (library, log) => {
    const backend = createBackend(library, log, {
      content: null,
      onIgnoredError: () => {
        throw new Error('handler failed');
      },
    });
    watch(log, 'load', backend.persister.load(initial));
    await settle();
    backend.report();
    watch(log, 'save', backend.persister.save());
    await settle();
    backend.report();
  },

  'a load during a save does nothing': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {setPersisted: () => gate.promise, content: [pets, {}]});
    watch(log, 'save', backend.persister.save());
    watch(log, 'load', backend.persister.load());
    await settle();
    backend.report();
    gate.resolve();
    await settle();
    backend.report();
  },

  'two loads at once both read': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    watch(log, 'one', backend.persister.load());
    watch(log, 'two', backend.persister.load());
    await settle();
    backend.report();
  },

  'what is written while a load is pending': async (library, log) => {
    const gate = deferred();
    const backend = createBackend(library, log, {getPersisted: () => gate.promise});
    watch(log, 'load', backend.persister.load());
    backend.store.setCell('mine', 'r', 'c', 1);
    gate.resolve([pets, {}]);
    await settle();
    backend.report();
  },

  'a listener of the store may call the persister during a load': async (library, log) => {
    const backend = createBackend(library, log, {content: [pets, {}]});
    let count = 0;
    backend.store.addTablesListener(() => {
      log('tables', backend.persister.getStatus());
      watch(log, 'inner save', backend.persister.save());
      if (count++ == 0) {
        watch(log, 'inner load', backend.persister.load());
      }
    });
    watch(log, 'load', backend.persister.load());
    await settle();
    backend.report();
  },

  'initial content is set like an app would set it': async (library, log) => {
    const backend = createBackend(library, log);
    backend.store.addStartTransactionListener(() => log('start'));
    const make = () => {
      log('make');
      return [{t: {r: {encoded: '\uFFFD{"a":1}', real: {a: 1}, mark: '\uFFFC', text: 'x'}}}, {}];
    };
    await backend.persister.load(make);
    backend.report();
    await backend.persister.load(make());
    backend.report();
  },

  'initial content that is changes': async (library, log) => {
    const backend = createBackend(library, log);
    backend.store.setCell('t', 'r', 'c', 1);
    await backend.persister.load([{u: {r: {c: 1}}}, {}, 1]);
    backend.report();
  },
});

export {loadScenarios};
