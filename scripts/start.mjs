// Builds, runs the guide's example and serves the playground. `npm start`; with `-- --once` only the example.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {build} from './build.mjs';
import {exampleFolders, runExample} from './example.mjs';
import {fail, root} from './run.mjs';
import {serve} from './serve.mjs';
import {setUp} from './setup.mjs';

const start = async () => {
  await setUp(['build', 'page']);
  await build();
  const lines = await runExample();
  console.log("\nThe guide's example, in Chromium, with the package that was just built:\n");
  for (const line of lines) console.log(line);
  if (process.argv.includes('--once')) return;

  const playground = join(root, 'www');
  const hasPlayground = existsSync(playground);
  const folders = {...exampleFolders, ...(hasPlayground && {'/': playground})};
  const {url} = await serve(folders, Number(process.env.PORT || 8080));
  console.log(`\nThe playground: ${hasPlayground ? url : `${url}example/`} (Ctrl+C ends it)`);
};

await start().catch(fail);
