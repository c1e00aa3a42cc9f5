// What listeners were called with, transaction by transaction, and what the persister did in between.
import {byId, element} from './dom.js';

const mostEntries = 40;
const mostCalls = 12;

const show = (cell) => (cell === undefined ? 'nothing' : JSON.stringify(cell));
const time = () => new Date().toTimeString().slice(0, 8);

/**
 * Shows the newest entries.
 * @param {import('cellarium').Store} store
 * @returns {{addEntry: (kind: string, text: string) => void}}
 */
export const showActivity = (store) => {
  const list = byId('activity-list');
  let calls = [];
  let transactions = 0;

  const add = (kind, heading, lines = []) => {
    const shown = lines.slice(0, mostCalls);
    if (lines.length > mostCalls) shown.push(`and ${lines.length - mostCalls} more`);
    const items = shown.map((line) => element('li', {}, line));
    const entry = element(
      'li',
      {'data-kind': kind},
      element('span', {className: 'kind'}, kind),
      element('span', {className: 'what'}, heading),
      element('time', {}, time()),
    );
    if (items.length) entry.append(element('ul', {}, ...items));
    list.prepend(entry);
    while (list.children.length > mostEntries) list.lastElementChild.remove();
    byId('activity-empty').hidden = true;
  };

  const note = (line) => calls.push(line);
  const idChanges = (getIdChanges) =>
    Object.entries(getIdChanges())
      .map(([id, change]) => `${change > 0 ? '+' : '−'}${id}`)
      .join(', ');

  store.addStartTransactionListener(() => {
    calls = [];
  });
  store.addTableIdsListener((_store, getIdChanges) => note(`tableIds: ${idChanges(getIdChanges)}`));
  store.addRowIdsListener(null, (_store, tableId, getIdChanges) =>
    note(`rowIds ${tableId}: ${idChanges(getIdChanges)}`),
  );
  store.addCellListener(null, null, null, (_store, tableId, rowId, cellId, newCell, oldCell) =>
    note(`cell ${tableId} / ${rowId} / ${cellId}: ${show(oldCell)} → ${show(newCell)}`),
  );
  store.addValueListener(null, (_store, valueId, newValue, oldValue) =>
    note(`value ${valueId}: ${show(oldValue)} → ${show(newValue)}`),
  );
  store.addDidFinishTransactionListener(() => {
    transactions++;
    const count = calls.length === 1 ? '1 call' : `${calls.length} calls`;
    add('transaction', `no. ${transactions}: ${calls.length ? count : 'no change'}`, calls);
  });

  return {addEntry: (kind, text) => add(kind, text)};
};
