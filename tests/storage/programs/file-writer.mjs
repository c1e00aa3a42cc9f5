// A process that keeps a store in a file: `node file-writer.mjs <file> <name> <edits> <rows>`. It writes `edits` values
// of its name, one after the other, and `rows` rows that all have the number of the latest edit; it says when it has
// begun and what it has, and ends when its input does.
import {createStore} from '../../../pkg/index.js';
import {createFilePersister} from '../../../pkg/persister-file.js';

const [path, name, edits, rows] = process.argv.slice(2);

const store = createStore();
const persister = createFilePersister(store, path, (error) => console.log(`error ${error.code} ${error.message}`));
await persister.startAutoPersisting();
console.log('begun');
for (let edit = 1; edit <= Number(edits); edit++) {
  store.transaction(() => {
    store.setValue(`${name} ${edit}`, edit);
    for (let row = 0; row < Number(rows); row++) store.setCell('rows', `${row}`, 'edit', edit);
  });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
}
const until = async (condition) => {
  for (let attempt = 0; attempt < 1000 && !condition(); attempt++)
    await new Promise((resolve) => setTimeout(resolve, 5));
};
process.stdin.on('data', async (line) => {
  const count = Number(line);
  await until(() => store.getValueIds().length === count && !persister.getSaveState().isUnsaved);
  console.log(`has ${store.getValueIds().length}`);
});
process.stdin.on('end', () => persister.destroy());
