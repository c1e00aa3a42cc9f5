// Scenarios about mergeable stores: the modes of a persister, contents and changes with stamps.
import {createBackend, settle, watch} from '../harness.mjs';

const PLAIN = 1;
const MERGEABLE = 2;
const EITHER = 3;

/** A mergeable store whose clock stands still: how often it is asked is nobody's business. */
const mergeable = (library, id, now = 1_700_000_000_000) => library.createMergeableStore(id, () => now);

const filled = (library, id = 'mine', from = undefined) =>
  mergeable(library, id, from)
    .setTables({pets: {fido: {species: 'dog', tags: ['a', {b: null}]}, felix: {species: 'cat'}}})
    .setValues({open: true, gone: {x: 1}})
    .delValue('gone')
    .delCell('pets', 'fido', 'species');

const other = (library) => filled(library, 'theirs', 1_700_000_500_000).setCell('pets', 'rex', 'species', 'dog');

const initial = [{initial: {r: {c: 1}}}, {v: 1}];

export const mergingScenarios = {};

for (const mode of [undefined, PLAIN, MERGEABLE, EITHER]) {
  mergingScenarios[`a mergeable store saved in mode ${mode}`] = async (library, log) => {
    const store = filled(library);
    const backend = createBackend(library, log, {
      store,
      mode,
      setPersisted: async (getContent) => log('content', getContent()),
    });
    await backend.persister.startAutoSave();
    const writes = {
      cell: () => store.setCell('pets', 'fido', 'species', 'wolf'),
      same: () => store.setCell('pets', 'fido', 'species', 'wolf'),
      object: () => store.setCell('pets', 'fido', 'tags', {c: [1]}),
      deletion: () => store.delRow('pets', 'felix'),
      'and back': () =>
        store.transaction(() =>
          store.setCell('pets', 'fido', 'species', 'dog').setCell('pets', 'fido', 'species', 'wolf'),
        ),
      'rolled back': () =>
        store.transaction(
          () => store.setCell('pets', 'fido', 'species', 'dog'),
          () => true,
        ),
      values: () => store.setValues({open: false, more: 'text'}),
      tables: () => store.setTables({t: {r: {c: 1}}}),
      merge: () => store.merge(other(library)),
    };
    for (const [name, write] of Object.entries(writes)) {
      log(name);
      write();
      await settle();
    }
    backend.report();
  };

  mergingScenarios[`a plain store in mode ${mode}`] = async (library, log) => {
    const store = library.createStore().setValue('v', 1);
    let backend;
    try {
      backend = createBackend(library, log, {store, mode});
    } catch (error) {
      log('threw', error.message);
      return;
    }
    await backend.persister.startAutoSave();
    store.setValue('v', 2);
    await settle();
    log('stored', backend.stored);
  };
}

const found = {
  'mergeable content': (library) => other(library).getMergeableContent(),
  'mergeable content with encoded cells': (library) =>
    JSON.parse(JSON.stringify(other(library).getMergeableContent()).replace('["a",{"b":null}]', '"\uFFFD[1]"')),
  'older mergeable content': (library) =>
    mergeable(library, 'theirs', 1_600_000_000_000).setValue('open', 1).getMergeableContent(),
  'mergeable changes': (library) => {
    const store = other(library);
    let changes;
    store.addDidFinishTransactionListener(() => (changes = store.getTransactionMergeableChanges(true)));
    store.setCell('pets', 'rex', 'species', 'wolf');
    return changes;
  },
  'plain content': () => [{plain: {r: {c: 1, o: {x: 1}}}}, {v: 1}],
  'plain content that is empty': () => [{}, {}],
  'plain changes': () => [{pets: {fido: undefined}}, {v: 1}, 1],
  nothing: () => undefined,
  'malformed stamps': () => [[{}], [{t: 1}]],
  'an hlc that is none': () => [
    [{t: [{r: [{c: [1, 'hlc', 1]}, '', 1]}, '', 1]}, '', 1],
    [{}, '', 0],
  ],
  'an empty array': () => [],
};

for (const [what, make] of Object.entries(found)) {
  for (const withInitial of [false, true]) {
    mergingScenarios[`${what} loaded into a mergeable store${withInitial ? ' with initial content' : ''}`] = async (
      library,
      log,
    ) => {
      const store = filled(library);
      const backend = createBackend(library, log, {store, mode: EITHER, getPersisted: () => make(library)});
      watch(log, 'load', backend.persister.load(withInitial ? initial : undefined));
      await settle();
      backend.report();
      log('stamps', store.getMergeableContent());
    };
  }

  mergingScenarios[`${what} announced to a mergeable store`] = async (library, log) => {
    const store = filled(library);
    const backend = createBackend(library, log, {store, mode: EITHER});
    await backend.persister.startAutoLoad();
    const thing = make(library);
    const isChanges = thing?.[2] === 1;
    watch(log, 'listener', Promise.resolve(backend.listener(...(isChanges ? [undefined, thing] : [thing]))));
    await settle();
    backend.report();
    log('stamps', store.getMergeableContent());
  };
}

mergingScenarios['a mutator that writes while stamps are loaded'] = async (library, log) => {
  const store = mergeable(library, 'mine');
  store.addCellListener(null, null, 'species', (_store, table, row) => store.setCell(table, row, 'seen', true), true);
  const backend = createBackend(library, log, {
    store,
    mode: MERGEABLE,
    getPersisted: () => other(library).getMergeableContent(),
  });
  await backend.persister.startAutoSave();
  for (const round of [1, 2]) {
    log('round', round);
    await backend.persister.load();
    await settle();
  }
  backend.report();
};
