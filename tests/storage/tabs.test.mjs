// Tabs and workers that edit one stored store at the same time: nobody's edits are lost, and all see them soon.
import {runTabs} from './support/run-tabs.mjs';

runTabs({
  local: {isInWorkers: false, milliseconds: 200},
  'indexed-db': {isInWorkers: true, milliseconds: 200},
  opfs: {isInWorkers: true},
});
