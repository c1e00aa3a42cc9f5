// 1.13 Mergeable stores, of which there are none yet.
import {both} from './both.mjs';

both('1.13.1 a store that createStore makes is not mergeable', (store) => store.isMergeable(), false);
