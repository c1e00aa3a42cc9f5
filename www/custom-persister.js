// A persister of the app's own: four functions, here over local storage, slow or failing if so wished.
import {createCustomPersister} from 'cellarium';

/**
 * Creates the persister.
 * @param {import('cellarium').Store} store
 * @param {string} key where in local storage the content is kept, as JSON
 * @param {{isSlow: boolean, isFailing: boolean}} behaviour read anew at each load and save
 * @param {(error: unknown) => void} onIgnoredError
 */
export const createOurPersister = (store, key, behaviour, onIgnoredError) => {
  const travel = async () => {
    await new Promise((resolve) => setTimeout(resolve, behaviour.isSlow ? 800 : 0));
    if (behaviour.isFailing) throw new Error('The server does not answer');
  };

  const getPersisted = async () => {
    await travel();
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  };

  const setPersisted = async (getContent) => {
    await travel();
    localStorage.setItem(key, JSON.stringify(getContent()));
  };

  const addPersisterListener = (listener) => {
    const onStorage = (event) => {
      if (event.storageArea === localStorage && event.key === key) listener();
    };
    addEventListener('storage', onStorage);
    return onStorage;
  };

  const delPersisterListener = (onStorage) => removeEventListener('storage', onStorage);

  return createCustomPersister(
    store,
    getPersisted,
    setPersisted,
    addPersisterListener,
    delPersisterListener,
    onIgnoredError,
  );
};
