// The tests that wait for what is yet to be built; by hand, since they fail until then.
import {runWorlds} from './support/run-worlds.mjs';

runWorlds('waiting', 'what is waited for', () => ['page']);
