// Puts the playground together: one store, and the views of it.
import {createStore, getVersion} from 'cellarium';
import {showActivity} from './activity.js';
import {createPersistence, places} from './persistence.js';
import {showPersistence} from './persistence-view.js';
import {samples, showPets} from './pets.js';
import {showStored} from './stored.js';

const store = createStore();
const {addEntry} = showActivity(store);
showPets(store);

const persistence = createPersistence(store, addEntry);
showPersistence(persistence);
showStored(persistence);

// The place is in the address, so that a reload and a second tab use the same one.
const placeInAddress = () => (location.hash.slice(1) in places ? location.hash.slice(1) : 'local');
const chosen = persistence.choose(placeInAddress(), samples);
persistence.subscribe(({place}) => {
  if (place !== placeInAddress()) history.replaceState(null, '', `#${place}`);
});
addEventListener('hashchange', () => persistence.choose(placeInAddress()));

const version = document.getElementById('version');
version.textContent = `version ${getVersion()}`;
version.hidden = false;

await chosen;
