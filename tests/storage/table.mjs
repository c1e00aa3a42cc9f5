// Prints what the tests here have found at their last run, as tables for documents. `node tests/storage/table.mjs`
import {readResults} from './support/results.mjs';

const engineTitles = {chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit'};

const counts = ({notRun, passed, failed}) => {
  if (notRun) return `no: ${notRun}`;
  return failed.length ? `${passed} passed, failed: ${failed.join('; ')}` : `${passed} passed`;
};

const kinds = {
  suite: {title: 'The suite of persister behaviour', cell: counts},
  faults: {title: 'Storages that fail', cell: counts},
  tabs: {
    title: 'Edits of two at once: all kept; when they arrived',
    cell: ({median, most}) => `${median} ms in the median, ${most} ms at most`,
  },
  interop: {title: 'Next to TinyBase', cell: () => 'the same content'},
  crash: {
    title: 'The browser killed while it saved 20,000 rows: always whole',
    cell: ({kills, empty, old, latest, lag}) =>
      `${kills} kills: ${latest} times the save under way, ${old} times an older one, ${empty} times nothing; ` +
      (lag > 0 ? `up to ${lag} finished saves lost` : 'no finished save lost'),
  },
};

const row = (cells) => `| ${cells.join(' | ')} |`;

const print = (kind, results) => {
  const {title, cell} = kinds[kind];
  const ofKind = results.filter((result) => result.kind === kind);
  if (!ofKind.length) return;
  console.log(`\n### ${title}\n`);
  console.log(row(['back end', 'context', ...Object.values(engineTitles)]));
  console.log(row(['---', '---', ...Object.keys(engineTitles).map(() => '---')]));
  const places = new Map(ofKind.map(({backEnd, context}) => [`${backEnd} ${context}`, {backEnd, context}]));
  for (const {backEnd, context} of places.values()) {
    const of = (engine) =>
      ofKind.find((one) => one.engine === engine && one.backEnd === backEnd && one.context === context);
    const cells = Object.keys(engineTitles).map((engine) => (of(engine) ? cell(of(engine)) : 'not tested'));
    console.log(row([backEnd, context, ...cells]));
  }
};

const results = readResults();
for (const kind of Object.keys(kinds)) print(kind, results);
