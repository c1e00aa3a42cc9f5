// The controls of persistence, and what the persister is doing.
import {byId} from './dom.js';
import {places} from './persistence.js';

/** What a person should know of an ignored error: its kind and its text. */
const explain = ({error, time}, isNothingStored) => {
  const clock = time.toTimeString().slice(0, 8);
  const message = error?.message ?? String(error);
  // A first load reports that nothing was stored yet, as TinyBase's does.
  if (isNothingStored) return ['notice', `${clock}: nothing was stored yet (${message}).`];
  const name = error?.code ?? error?.name;
  return ['problem', `${clock}: ${message}${typeof name === 'string' ? ` (${name})` : ''}`];
};

const isMissingText = ({error}) => error?.code === 'invalid-content' && error.message.endsWith(':null');

const showError = (lastError) => {
  const [kind, text] = lastError ? explain(lastError, isMissingText(lastError)) : ['none', 'None so far.'];
  byId('error').dataset.kind = kind;
  byId('error-text').textContent = text;
};

const showPlace = (place) => {
  const {hint, isShared} = places[place];
  byId('places').querySelector(`[value="${place}"]`).checked = true;
  byId('place-hint').textContent = hint;
  byId('second-tab-line').hidden = !isShared;
  byId('second-tab').href = `${location.pathname}#${place}`;
  byId('custom-options').hidden = place !== 'custom';
};

const showSwitches = ({hasPersister, isAutoLoading, isAutoSaving}) => {
  byId('controls').disabled = !hasPersister;
  byId('auto-load').checked = isAutoLoading;
  byId('auto-save').checked = isAutoSaving;
  byId('auto-persisting').checked = isAutoLoading && isAutoSaving;
  byId('auto-persisting').indeterminate = isAutoLoading !== isAutoSaving;
};

const showStatus = ({status, stats}) => {
  byId('status').textContent = status ?? 'No persister';
  byId('status').dataset.status = status ?? 'none';
  byId('loads').textContent = stats?.loads ?? '–';
  byId('saves').textContent = stats?.saves ?? '–';
};

const showCode = async () => {
  const pre = byId('custom-code').querySelector('pre');
  if (pre.textContent) return;
  const response = await fetch('custom-persister.js');
  pre.textContent = response.ok ? await response.text() : 'The code could not be fetched.';
};

/**
 * Connects the controls.
 * @param {ReturnType<typeof import('./persistence.js').createPersistence>} persistence
 */
export const showPersistence = (persistence) => {
  const {behaviour} = persistence;
  const onChange = (id, action) => byId(id).addEventListener('change', ({target}) => action(target));

  onChange('places', ({value}) => persistence.choose(value));
  onChange('auto-load', ({checked}) => persistence.setAutoLoad(checked));
  onChange('auto-save', ({checked}) => persistence.setAutoSave(checked));
  onChange('auto-persisting', ({checked}) => persistence.setAutoPersisting(checked));
  onChange('is-slow', ({checked}) => (behaviour.isSlow = checked));
  onChange('is-failing', ({checked}) => (behaviour.isFailing = checked));
  byId('load').addEventListener('click', () => persistence.load());
  byId('save').addEventListener('click', () => persistence.save());
  byId('custom-code').addEventListener('toggle', showCode);
  // A browser may bring back how the boxes were before a reload.
  behaviour.isSlow = byId('is-slow').checked;
  behaviour.isFailing = byId('is-failing').checked;

  persistence.subscribe((state) => {
    showPlace(state.place);
    showStatus(state);
    showSwitches(state);
    showError(state.lastError);
  });
};
