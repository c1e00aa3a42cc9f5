// Every back end keeps what is stored, whatever fails, in every engine.
import {runWorlds} from './support/run-worlds.mjs';

runWorlds('faults', 'nothing is lost or hidden', () => ['page']);
