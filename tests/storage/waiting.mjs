// The tests that wait for what is yet to be built; by hand, since they fail until then.
import {runTabs} from './support/run-tabs.mjs';
import {runWorlds} from './support/run-worlds.mjs';

runWorlds('waiting', 'what is waited for', () => ['page']);
runTabs({local: {isInWorkers: false, milliseconds: 200}});
