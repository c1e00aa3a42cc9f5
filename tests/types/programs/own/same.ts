// The types of what is in a store come to the same as TinyBase's, and so does a whole store without schemas.
import type * as Plain from 'library';
import type * as Typed from 'library/with-schemas';
import type * as TheirPlain from 'tinybase';
import type * as TheirTyped from 'tinybase/with-schemas';

type Pets = {
  readonly name: {readonly type: 'string'};
  readonly legs: {readonly type: 'number'; readonly default: 4};
  readonly kind: {readonly enum: readonly ['dog', 'cat']; readonly default: 'dog'};
  readonly note: {readonly type: 'string'; readonly allowNull: true};
  readonly id: {readonly type: 'string'; readonly required: true};
  readonly size: {readonly type: 'number'; readonly default: 1; readonly required: true};
  readonly mixed: {readonly type: readonly ['string', 'number']; readonly allowNull: true; readonly default: null};
  readonly more: {readonly type: 'object'};
  readonly tags: {readonly type: 'array'; readonly default: []};
};
type Schemas = [
  {readonly pets: Pets; readonly owners: {readonly isKind: {readonly type: 'boolean'}}},
  {
    readonly open: {readonly type: 'boolean'; readonly default: true};
    readonly limit: {readonly type: 'number'};
    readonly needed: {readonly type: 'number'; readonly required: true};
    readonly any: {readonly enum: readonly [1, 'x', true]};
  },
];
type Tables = Schemas[0];
type Values = Schemas[1];
type None = Typed.NoSchemas;

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;
declare const same: <_Answers extends true[]>() => void;

same<
  [
    Same<Typed.Cell<Tables, 'pets', 'mixed'>, TheirTyped.Cell<Tables, 'pets', 'mixed'>>,
    Same<Typed.CellOrUndefined<Tables, 'pets', 'kind'>, TheirTyped.CellOrUndefined<Tables, 'pets', 'kind'>>,
    Same<Typed.Row<Tables, 'pets'>, TheirTyped.Row<Tables, 'pets'>>,
    Same<Typed.Row<Tables, 'pets', true>, TheirTyped.Row<Tables, 'pets', true>>,
    Same<Typed.PartialRow<Tables, 'pets'>, TheirTyped.PartialRow<Tables, 'pets'>>,
    Same<Typed.Table<Tables, 'pets'>, TheirTyped.Table<Tables, 'pets'>>,
    Same<Typed.Tables<Tables>, TheirTyped.Tables<Tables>>,
    Same<Typed.Tables<Tables, true>, TheirTyped.Tables<Tables, true>>,
    Same<Typed.Value<Values, 'any'>, TheirTyped.Value<Values, 'any'>>,
    Same<Typed.ValueOrUndefined<Values, 'open'>, TheirTyped.ValueOrUndefined<Values, 'open'>>,
    Same<Typed.Values<Values>, TheirTyped.Values<Values>>,
    Same<Typed.Values<Values, true>, TheirTyped.Values<Values, true>>,
    Same<Typed.PartialValues<Values>, TheirTyped.PartialValues<Values>>,
    Same<Typed.Content<Schemas>, TheirTyped.Content<Schemas>>,
    Same<Typed.Content<Schemas, true>, TheirTyped.Content<Schemas, true>>,
    Same<Typed.CellChange<Tables, 'pets', 'legs'>, TheirTyped.CellChange<Tables, 'pets', 'legs'>>,
    Same<Typed.ValueChange<Values, 'any'>, TheirTyped.ValueChange<Values, 'any'>>,
    Same<Typed.GetIdChanges<'a' | 'b'>, TheirTyped.GetIdChanges<'a' | 'b'>>,
    Same<Typed.MapCell<Tables, 'pets', 'kind'>, TheirTyped.MapCell<Tables, 'pets', 'kind'>>,
    Same<Typed.MapValue<Values, 'any'>, TheirTyped.MapValue<Values, 'any'>>,
    Same<Typed.SortedRowIdsArgs<Tables, 'pets', 'legs'>, TheirTyped.SortedRowIdsArgs<Tables, 'pets', 'legs'>>,
  ]
>();

// Without schemas, or with ones that are only known when the app runs.
same<
  [
    Same<Typed.TablesSchema, TheirTyped.TablesSchema>,
    Same<Typed.ValuesSchema, TheirTyped.ValuesSchema>,
    Same<Typed.OptionalSchemas, TheirTyped.OptionalSchemas>,
    Same<Typed.Cell<Typed.TablesSchema, string, string>, TheirTyped.Cell<Typed.TablesSchema, string, string>>,
    Same<Typed.Cell<None[0], string, string>, TheirTyped.Cell<None[0], string, string>>,
    Same<Typed.Row<None[0], string>, TheirTyped.Row<None[0], string>>,
    Same<Typed.Content<None>, TheirTyped.Content<None>>,
    Same<Typed.StoreListenerStats, TheirTyped.StoreListenerStats>,
  ]
>();

same<
  [
    Same<Plain.Store, TheirPlain.Store>,
    Same<Plain.ParameterizedCallback<Plain.Id>, TheirPlain.ParameterizedCallback<Plain.Id>>,
    Same<Plain.Sorter, TheirPlain.Sorter>,
    Same<typeof Plain.getHlcFunctions, typeof TheirPlain.getHlcFunctions>,
    Same<Plain.Changes, TheirPlain.Changes>,
    Same<Plain.TransactionLog, TheirPlain.TransactionLog>,
    Same<Plain.CellListener, TheirPlain.CellListener>,
    Same<Plain.ValueListener, TheirPlain.ValueListener>,
    Same<Plain.SortedRowIdsListener, TheirPlain.SortedRowIdsListener>,
    Same<Plain.InvalidCellListener, TheirPlain.InvalidCellListener>,
    Same<Plain.TablesSchema, TheirPlain.TablesSchema>,
    Same<Plain.SortedRowIdsArgs, TheirPlain.SortedRowIdsArgs>,
  ]
>();

// @ts-expect-error: what is not the same is found
same<[Same<Typed.Row<Tables, 'pets'>, TheirTyped.Row<Tables, 'pets', true>>]>();
// @ts-expect-error: in either direction
same<[Same<TheirTyped.Row<Tables, 'pets', true>, Typed.Row<Tables, 'pets'>>]>();
