// The libraries whose persisters can be compared.
import {createStore} from 'tinybase';
import {createCustomPersister} from 'tinybase/persisters';

export * as cellarium from '../../../pkg/index.js';

export const tinybase = {createStore, createCustomPersister};

/** TinyBase as if its auto-save did not know what was loaded: what the comparison must find out. */
export const echoing = {
  createStore,
  createCustomPersister: (store, getPersisted, setPersisted, ...rest) => {
    const persister = createCustomPersister(store, getPersisted, setPersisted, ...rest);
    store.addDidFinishTransactionListener(() => {
      const isLoading = persister.getStatus() === 1;
      if (isLoading && persister.isAutoSaving()) persister.schedule(() => setPersisted(store.getContent));
    });
    return persister;
  },
};

/** TinyBase as if it lost every second thing that its back end announces without saying what. */
export const forgetful = {
  createStore,
  createCustomPersister: (store, getPersisted, setPersisted, addPersisterListener, ...rest) => {
    let count = 0;
    const add = (listener) =>
      addPersisterListener(async (content, changes) => {
        if (content || changes || ++count % 2) await listener(content, changes);
      });
    return createCustomPersister(store, getPersisted, setPersisted, add, ...rest);
  },
};
