// What is stored at the chosen place, as it is or made readable.
import {byId} from './dom.js';
import {places} from './persistence.js';

const prettify = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    return `This is no JSON: ${error.message}\n\n${text}`;
  }
};

const read = (persistence) => {
  try {
    return {text: persistence.readText()};
  } catch (error) {
    return {problem: `The storage cannot be read: ${error.message}`};
  }
};

/**
 * Shows the stored text and keeps it up to date.
 * @param {ReturnType<typeof import('./persistence.js').createPersistence>} persistence
 */
export const showStored = (persistence) => {
  const form = byId('stored-form');

  const show = () => {
    const {key} = places[persistence.getState().place];
    const {text, problem} = read(persistence);
    const hasText = typeof text === 'string';
    byId('stored-key').textContent = hasText ? `${text.length.toLocaleString()} characters under the key ${key}` : '';
    byId('remove-stored').disabled = !hasText;
    form.hidden = !hasText;
    byId('stored-text').hidden = !hasText;
    byId('stored-empty').hidden = hasText;
    byId('stored-empty').textContent =
      problem ?? (key ? `Nothing is stored under the key ${key}.` : 'Nothing is stored: the store is only in memory.');
    byId('stored-arrays').hidden = !hasText || !text.includes('\uFFFD');
    if (!hasText) return;
    const isPretty = form.querySelector(':checked').value === 'pretty';
    byId('stored-text').classList.toggle('raw', !isPretty);
    byId('stored-text').textContent = isPretty ? prettify(text) : text;
  };

  form.addEventListener('change', show);
  byId('remove-stored').addEventListener('click', () => persistence.removeText());
  addEventListener('storage', show);
  persistence.subscribe(show);
};
