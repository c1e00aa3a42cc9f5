// Where the store is kept: makes the persister for a place, changes places, and tells what it is doing.
import {Status} from 'cellarium';
import {createLocalPersister, createSessionPersister} from 'cellarium/persisters/persister-browser';
import {createOurPersister} from './custom-persister.js';

const name = 'cellarium-playground';

/** The places by name. `area` is a function because touching a storage may throw. */
export const places = {
  nowhere: {hint: 'There is no persister: a reload forgets every change.'},
  session: {
    hint: 'This tab’s own: it survives a reload, and a second tab starts with another one.',
    key: name,
    area: () => sessionStorage,
    create: (store, onIgnoredError) => createSessionPersister(store, name, onIgnoredError),
  },
  local: {
    hint: 'Shared by all tabs, and still there when you come back.',
    key: name,
    area: () => localStorage,
    isShared: true,
    create: (store, onIgnoredError) => createLocalPersister(store, name, onIgnoredError),
  },
  custom: {
    hint: 'Four functions of this page, given to createCustomPersister.',
    key: `${name}-custom`,
    area: () => localStorage,
    isShared: true,
    create: (store, onIgnoredError, behaviour) =>
      createOurPersister(store, `${name}-custom`, behaviour, onIgnoredError),
  },
};

const statusNames = {[Status.Idle]: 'Idle', [Status.Loading]: 'Loading', [Status.Saving]: 'Saving'};

/**
 * Looks after the persister of a store.
 * @param {import('cellarium').Store} store
 * @param {(kind: string, text: string) => void} addEntry notes what happens
 */
export const createPersistence = (store, addEntry) => {
  const subscribers = new Set();
  const behaviour = {isSlow: true, isFailing: false};
  let place = 'nowhere'; // the one that was chosen
  let current; // the one that the persister is for, or about to be
  let persister;
  let lastError;
  let changing = Promise.resolve();

  const getState = () => ({
    place,
    hasPersister: persister !== undefined,
    status: persister ? statusNames[persister.getStatus()] : undefined,
    stats: persister?.getStats(),
    isAutoLoading: persister?.isAutoLoading() ?? false,
    isAutoSaving: persister?.isAutoSaving() ?? false,
    lastError,
  });
  const tell = () => subscribers.forEach((subscriber) => subscriber(getState()));

  const readText = () => {
    const {area, key} = places[place];
    return area ? area().getItem(key) : null;
  };

  const noteError = (error) => {
    lastError = {error, time: new Date()};
    addEntry('error', error?.message ?? String(error));
    tell();
  };

  // A persister that was left while something was under way rejects that, which is nobody's concern.
  const afterwards = (promise) => promise.catch((error) => error?.code === 'destroyed' || noteError(error)).then(tell);

  const replace = async (content) => {
    const {create} = places[place];
    current = place;
    lastError = undefined;
    const old = persister;
    persister = undefined;
    tell();
    await old?.destroy();
    if (!create) {
      if (!store.hasTables() && !store.hasValues()) store.setContent(content);
      return;
    }
    const made = create(store, (error) => persister === made && noteError(error), behaviour);
    persister = made;
    made.addStatusListener((_persister, status) => {
      if (persister !== made) return;
      addEntry('persister', statusNames[status]);
      tell();
    });
    afterwards(made.startAutoPersisting(() => (store.hasTables() || store.hasValues() ? store.getContent() : content)));
  };

  return {
    getState,
    readText,
    behaviour,

    /** Calls a function now and whenever the state changes. */
    subscribe(subscriber) {
      subscribers.add(subscriber);
      subscriber(getState());
    },

    /**
     * Moves to a place: what is stored there is loaded, or if nothing is, the store's content is saved there.
     * @param {keyof places} chosen
     * @param {[object, object]} [content] to start with if both are empty
     */
    choose(chosen, content = [{}, {}]) {
      place = chosen;
      changing = changing.then(() => (place === current ? undefined : replace(content))).then(tell);
      return changing;
    },

    /** Removes what is stored at the place. */
    removeText() {
      const {area, key} = places[place];
      area?.().removeItem(key);
      addEntry('storage', 'removed by hand');
      tell();
    },

    load: () => persister && afterwards(persister.load()),
    save: () => persister && afterwards(persister.save()),
    setAutoLoad: (isOn) => persister && afterwards(isOn ? persister.startAutoLoad() : persister.stopAutoLoad()),
    setAutoSave: (isOn) => persister && afterwards(isOn ? persister.startAutoSave() : persister.stopAutoSave()),
    setAutoPersisting: (isOn) =>
      persister && afterwards(isOn ? persister.startAutoPersisting() : persister.stopAutoPersisting()),
  };
};
