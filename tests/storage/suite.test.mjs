// Every back end runs through the suite, in every engine and in each context that has its storage.
import {runWorlds} from './support/run-worlds.mjs';

runWorlds('suite', 'it is a persister');
