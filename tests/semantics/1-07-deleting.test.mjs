// 1.7 Schemas: deleting cells and values that have a default.
import {both} from './both.mjs';
import {note} from './listening.mjs';

const none = undefined;
const withDefault = {t: {d: {type: 'number', default: 1}, n: {type: 'number'}}};

const deletions = {
  'delCell of a cell with a default resets it': [
    (store) => store.delCell('t', 'r', 'd'),
    {t: {r: {d: 1, n: 5}, s: {d: 6}}},
  ],
  'delCell of the last cell, if it has a default, leaves the row': [
    (store) => store.delCell('t', 's', 'd'),
    {t: {r: {d: 5, n: 5}, s: {d: 1}}},
  ],
  'delCell with force of a cell with a default deletes the whole row': [
    (store) => store.delCell('t', 'r', 'd', true),
    {t: {s: {d: 6}}},
  ],
  'anything truthy is force': [(store) => store.delCell('t', 'r', 'd', 1), {t: {s: {d: 6}}}],
  'delCell of a cell without a default deletes it': [
    (store) => store.delCell('t', 'r', 'n'),
    {t: {r: {d: 5}, s: {d: 6}}},
  ],
  'delCell with force of a cell without a default deletes just that': [
    (store) => store.delCell('t', 'r', 'n', true),
    {t: {r: {d: 5}, s: {d: 6}}},
  ],
  'delCell with force of a cell that is not there does nothing': [
    (store) => store.delCell('t', 's', 'n', true).delCell('t', 'r', 'z', true).delCell('t', 'x', 'd', true),
    {t: {r: {d: 5, n: 5}, s: {d: 6}}},
  ],
  'delRow deletes the row, defaults and all': [(store) => store.delRow('t', 'r'), {t: {s: {d: 6}}}],
  'delTable deletes the table': [(store) => store.delTable('t'), {}],
  'delTables deletes all': [(store) => store.delTables(), {}],
  'setRow resets what is absent and has a default, deletes what has none': [
    (store) => store.setRow('t', 'r', {}),
    {t: {r: {d: 1}, s: {d: 6}}},
  ],
  'setTable deletes the rows that are absent': [(store) => store.setTable('t', {s: {}}), {t: {s: {d: 1}}}],
  'applyChanges deletes with force': [
    (store) => store.applyChanges([{t: {r: {n: none}, s: {d: none}}}, {}, 1]),
    {t: {r: {d: 5}}},
  ],
};
for (const [what, [write, tables]] of Object.entries(deletions)) {
  both(
    `1.7.6 ${what}`,
    (store) => write(store.setTablesSchema(withDefault).setTables({t: {r: {d: 5, n: 5}, s: {d: 6}}})).getTables(),
    tables,
  );
}

both(
  '1.7.6 resetting to the default is a change of the cell and no change of ids; if it is the default already, none at all',
  (store) => {
    const heard = [];
    store.setTablesSchema(withDefault).setRow('t', 'r', {d: 5});
    store.addCellIdsListener(null, null, note(heard, 'ids'));
    store.addCellListener(null, null, null, note(heard, 'cell'));
    store.delCell('t', 'r', 'd').delCell('t', 'r', 'd');
    return heard;
  },
  [['cell', 't', 'r', 'd', 1, 5]],
);

both(
  '1.7.6 delValue and delValues reset values with a default, and delete the others; nothing forces them',
  (store) => {
    store.setValuesSchema({d: {type: 'number', default: 1}, e: {type: 'number', default: 2}, n: {type: 'number'}});
    const set = () => store.setValues({d: 5, e: 6, n: 7});
    return [
      set().delValue('d').getValues(),
      set().delValue('n').getValues(),
      set().delValue('d', true).getValues(),
      set().delValues().getValues(),
      set().setValuesJson('{}').getValues(),
      set()
        .applyChanges([{}, {d: none, n: none}, 1])
        .getValues(),
    ];
  },
  [
    {d: 1, e: 6, n: 7},
    {d: 5, e: 6},
    {d: 1, e: 6, n: 7},
    {d: 1, e: 2},
    {d: 1, e: 2},
    {d: 1, e: 6},
  ],
);
