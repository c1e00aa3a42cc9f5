// What TinyBase has stored is read here, and what is stored here is read by TinyBase, wherever the format is shared.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backEnds, isShared, whyNotBuilt} from './back-ends.mjs';
import {createContentServer} from './support/content-server.mjs';
import {engineNames, findModules, withPage} from './support/index.mjs';
import {note} from './support/results.mjs';

const modules = findModules();

const whyNotHere = (page, name) =>
  page.evaluate(({modules}, name) => modules['tests/worlds'].whyNotHere(name, modules), name);

/** Store content by one library and load it by the other: what the two stores hold then, and their errors. */
const pass = async ({modules}, name, writer, reader) => {
  const {backEnds} = modules['tests/back-ends'];
  const {addHardContent} = modules['tests/contents'];
  const place = `${writer} to ${reader}`;
  const errors = [];
  const create = async (library) => {
    const store = modules[library].createStore();
    const persister = await backEnds[name].create(modules, library, store, place, (error) => errors.push(`${error}`));
    return {store, persister};
  };
  const written = await create(writer);
  // `__proto__` is an id that TinyBase's own contents lose.
  addHardContent(written.store, (id) => id !== '__proto__');
  await written.persister.save();
  // First, since what is loaded here may be brought to another form there.
  const same = await create(writer);
  await same.persister.load();
  const read = await create(reader);
  await read.persister.load();
  const texts = [same.store.getJson(), read.store.getJson()];
  // Not where TinyBase itself loses the order of tables.
  const isShared = backEnds[name].isWrittenForTinyBase !== false;
  if (isShared) texts.push(written.store.getJson(), read.store.getJson());

  // And a change, by what has read it.
  await written.persister.destroy();
  read.store.delTable('cells').setCell('table', 'row', 'new', 1).delValue('z');
  await read.persister.save();
  const again = await create(writer);
  if (isShared) {
    await again.persister.load();
    texts.push(read.store.getJson(), again.store.getJson());
  }
  return {errors, texts};
};

const ways = [
  ['tinybase', 'cellarium'],
  ['cellarium', 'tinybase'],
];

for (const engine of engineNames) {
  for (const [name, backEnd] of Object.entries(backEnds)) {
    if (backEnd.isCustom) continue;
    for (const [writer, reader] of ways) {
      if (reader === 'tinybase' && !isShared(backEnd)) continue;
      test(`${name} in ${engine}: what ${writer} stores, ${reader} reads`, async (t) => {
        const notBuilt = whyNotBuilt(name, modules);
        if (notBuilt) return t.skip(notBuilt);
        await withPage(
          engine,
          async (page) => {
            const notHere = await whyNotHere(page, name);
            if (notHere) return t.skip(notHere);
            const {errors, texts} = await page.evaluate(pass, name, writer, reader);
            assert.deepEqual(errors, []);
            for (let index = 0; index < texts.length; index += 2) assert.equal(texts[index + 1], texts[index]);
            note('interop', {engine, backEnd: name, context: `${writer} to ${reader}`, passed: 1, failed: []});
          },
          {answer: createContentServer()},
        );
      });
    }
  }
}
