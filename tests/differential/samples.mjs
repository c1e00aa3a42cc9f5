// The ids, cells and texts that programs are made of, ordinary and hostile. Cells are JavaScript source,
// so that each use makes a fresh value and a printed program can be run.

export const plainIds = {
  table: ['t1', 't2', 't3'],
  row: ['r1', 'r2', 'r3', 'r4', '0', '1'],
  cell: ['a', 'b', 'c', 'd'],
  value: ['v', 'w', 'x'],
};

// prettier-ignore
export const hostileIds = [
  '', '0', '1', '9', '10', '01', '007', '-1', '1e3', '1.5', '4294967294', '4294967295', '4294967296',
  '12345678901234567890', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'null', 'undefined',
  '\ud800', '\udc00', '\ud800x', '\udc00\ud800', '\ufffd', '\ufffc', '\ufffd{"a":1}', '😀', 'é', 'e\u0301', '日本語',
  'a"b', 'a\\b', 'a\nb', '\u0000', '\u2028', ' ', ',', '[object Object]', 'x'.repeat(300), 'ü'.repeat(100),
];

/** Ids given as something other than a string. Arguments coerce them; listener paths do not. */
export const oddIds = ['1', 'null', 'undefined', 'true', '0', '1.5', '["x", 2]', '-0'];

/** Cells of one kind, which have a plain order. */
export const numberCells = ['0', '1', '2', '3', '1.5', '-1', '-0', '10', '1e21', 'true', 'false', 'null'];
export const textCells = [
  '"a"',
  '"b"',
  '""',
  '"B"',
  '"10"',
  '"9"',
  '"aa"',
  '"é"',
  '"😀"',
  '"\\ufffe"',
  '"\\udc00"',
  '"\\ud83d"',
];

export const plainCells = ['0', '1', '2', '1.5', '"a"', '"b"', '""', 'true', 'false', 'null'];

// prettier-ignore
export const hostileCells = [
  'NaN', 'Infinity', '-Infinity', '-0', '1e21', '1e-7', '123456789012345680000', '5e-324', '1.7976931348623157e308',
  '0.1 + 0.2', '2 ** 53', '-1e-300', '100', '"1"', '"0"', '"null"', '"true"', '"\\ufffc"', '"\\ufffcx"', '"\\ufffd"',
  '"x\\ufffd"', '"\\ud800"', '"\\udc00a"', '"a\\ud800"', '"é"', '"日本"', '"😀"',
  '"\\u0000\\u001f\\"\\\\/\\u2028\\u007f\\b\\f\\t"', '"x".repeat(1000)', '"ü".repeat(400)', '"[object Object]"',
  '"{\\"a\\":1}"',
  'undefined', '() => 1', 'new Date(0)', 'new Number(1)', 'new String("x")', '1n',
  'Symbol("s")', '((o) => (o.o = o))({})', '{a: 1n}', '{get a() { throw planned("getter in a cell"); }}',
];

/** Cells that are objects or arrays, or that JSON texts give as such. */
// prettier-ignore
export const objectCells = [
  '{}', '[]', '{a: 1}', '{a: 1, b: 2}', '{b: 2, a: 1}', '[1, 2]', '{b: 1, a: [1, {c: null}]}', '[[[]]]', '{2: 1, 1: 2, a: 0}',
  '{a: undefined, b: () => 1}', '[undefined, NaN, -0, 1e21, () => 1]', '{a: "\\ufffd"}', '{["\\ud800"]: "\\udc00"}',
  '{["__proto__"]: 1}', 'Object.create(null)', '{toJSON: () => ({k: 1})}', '{toJSON: () => [1]}', '{d: new Date(0)}',
  'new Proxy({a: 1}, {})', '[, 1]',
  '/x/', 'new Map()', 'Object.create({})', 'new (class {})()', '"\\ufffd{\\"a\\":1}"', '"\\ufffd[1]"', '[1e400]', '{["10"]: 1, ["9"]: {}}',
];

/** Offsets and limits of a page. */
// prettier-ignore
export const plainPlaces = ['undefined', 'undefined', '0', '1', '2', '3', '5', '-1', '-2'];
// prettier-ignore
export const oddPlaces = [
  '-9', '1.5', '-1.5', 'NaN', 'Infinity', '-Infinity', '2 ** 32', '2 ** 53', 'null', '"1"', '"x"', 'true', '[2]', '{}', '1n', 'Symbol("s")',
  '{valueOf: () => 1}',
];

/** Functions that sort, and what is none. */
// prettier-ignore
export const sorters = [
  '(a, b) => a - b', '(a, b) => (String(a) < String(b) ? 1 : -1)', '(a, b) => JSON.stringify(a)?.length - JSON.stringify(b)?.length',
  '() => 0', '() => -1', '() => 1', '() => NaN', '() => "-1"', '() => undefined', '() => true', '() => ({})',
];
export const throwingSorters = ['null', '5', '{}', '() => 1n', '() => { throw planned("sorter"); }'];

/** What a setter may get in the place of an object of rows, cells or values. */
// prettier-ignore
export const oddObjects = [
  '{}', '[]', 'null', 'undefined', '5', '"ab"', 'true', '[1]', '() => ({})', 'new Date(0)', 'new (class { a = 1; })()',
  'Object.freeze({})', '{[Symbol("s")]: 1}',
];

/** The same, when it throws. */
export const throwingObjects = [
  '{get a() { throw planned("getter"); }}',
  '{b: 1, get a() { throw planned("getter"); }}',
];

/** JSON texts that mean little, or are none. */
// prettier-ignore
export const oddTexts = [
  '', ' ', '{', '}', '[', '[]', '{}', 'null', 'true', '5', '"ab"', '[{}]', '[{},{}]', '[{},{},1]', '[null,{"v":1}]', '[1,2]',
  '[[],[]]', '{"t1":{}}', '{"t1":{"r1":{}}}', '{"t1":5}', '{"t1":{"r1":[1]}}', '{"t1":{"r1":{"a":1}},}', '{"t1":{"r1":{"a":01}}}',
  '{"t1":{"r1":{"a":1}},"t1":{"r2":{"a":2}}}', '{"t1":{"r1":{"a":1,"a":2}}}', '{"t1":{"r1":{"a":1e400,"b":1}}}',
  '{"t1":{"r1":{"a":-0,"b":1E+2,"c":0.10e-5,"d":123456789.123456789e-30}}}', ' { "t1" : { "r1" : { "a" : 1 } } } ',
  '{"t1":{"r1":{"a":"\\ud800","b":"\\u0041\\/","c":"\\ud83d\\ude00"}}}', '{"t1":{"r1":{"a":"\ud800"}}}', '\ufeff{}',
  '{"t1":{"r1":{"a":"\ufffdx","b":"x"}}}',
  
  '{"t1":{"r1":{"a":"\t"}}}', '{"t1":{"r1":{"a":"\\x"}}}', '{"t1":{"r1":{"a":1}}} x', '{"\\u0074":{"r1":{"a":1}}}', "{'t1':1}",
  '{"__proto__":{"__proto__":{"__proto__":1}}}', '{"10":{"9":{"2":1,"1":1}},"2":{"r1":{"a":1}}}', 'undefined', 'NaN',
  `${'['.repeat(500)}`,
];

/** JSON texts with objects in cells. */
// prettier-ignore
export const objectTexts = [
  '{"t1":{"r1":{"a":"\ufffd{\\"a\\":1}","b":"\ufffd [ 1 ] ","c":"\ufffd1","d":"\ufffc"}}}',
  '{"t1":{"r1":{"a":{"b":1,"1":2,"a":[1, 2.0]}}}}',
  '[{"t1":{"r1":{"a":1}}},{"v":{"z":1}}]', '{"v":1,"w":"\ufffd[]","x":"\ufffd1"}',
  `{"t1":{"r1":{"a":${'['.repeat(500)}${']'.repeat(500)}}}}`,
];

/** Contents and changes that are malformed in some way. */
// prettier-ignore
export const oddContents = [
  '[]', '[{}]', '[undefined, {}]', '[{}, {}]', '[null, {w: 1}]', '[{}, {}, 5]', '[[], []]', '[5, "x"]', '5', 'null', 'undefined', '{}',
  '"ab"', '() => [{}, {}]', '() => () => [{}, {}]', '() => 5', '[{t1: {}}, {v: undefined}]',
  '[{t1: {r1: {a: "\\ufffd[1]", b: 1}}}, {v: "\\ufffd{}"}]',
];

export const throwingContents = ['() => { throw planned("content"); }'];

// prettier-ignore
export const oddChanges = [
  '[{}, {}, 1]', '[{}, {}]', 'undefined', '"ab"', '[{t1: {r1: {}}}, {}, 1]', '[{t1: {}}, {}, 1]', '[{t1: 5}, {}, 1]',
  '[{t1: {r1: "ab"}}, {}, 1]', '[{t1: {r1: [7, 8]}}, {}, 1]', '[{t1: {r1: {a: (x) => 9}}}, {v: (x) => 9}, 1]',
  '[{t1: {r1: {a: 1, b: NaN}}}, {}, 1]', '[{t1: {r1: {a: "\\ufffd[1]"}}}, {}, 1]', '[[{r1: {a: 1}}], [5], 1]',
];

// prettier-ignore
export const throwingChanges = [
  '[]', '[{}]', '[null, {}]', '[{}, null]', '5', 'null', '{}', '[{t1: null}, {}, 1]', '[{t1: {r1: null}}, {}, 1]',
  '[{t1: {r1: {a: 2}, r2: null}}, {v: 1}, 1]',
];

/** Schemas of cells and values. */
// prettier-ignore
export const cellSchemas = [
  '{type: "string"}', '{type: "number"}', '{type: "boolean"}', '{type: "string", default: "x"}', '{type: "number", default: 1}',
  '{type: "boolean", default: false}', '{default: "b", type: "string"}', '{type: ["string", "number"]}',
  '{type: ["boolean", "number"], default: 2}', '{type: "number", allowNull: true}', '{type: "string", allowNull: true, default: null}',
  '{enum: ["a", 1, true]}', '{enum: ["a", "b"], default: "b"}', '{enum: [0, 1, 2], allowNull: true, default: null}',
  '{type: "number", required: true}', '{type: "string", required: true, default: "r"}', '{enum: [1, 2], required: true}',
  '{type: "number", default: "not a number"}', '{type: "string", default: 1, required: true}', '{type: ["string"], foo: 1}',
  '{type: ["string", "number", "boolean"], allowNull: true}',
];

/** The same, odd or none at all. */
// prettier-ignore
export const oddCellSchemas = [
  '{}', '5', 'null', '[]', '"string"', '{type: "foo"}', '{type: []}', '{type: ["string", "foo"]}', '{type: "string", enum: ["a"]}',
  '{enum: []}', '{enum: [null]}', '{enum: ["a", "a", -0]}', '{enum: [NaN]}', '{enum: ["\\ufffdx"]}', '{enum: "abc"}', '{enum: [{}]}',
  '{type: undefined, enum: ["a"]}', '{type: "string", default: null}', '{type: "string", default: undefined}',
  '{type: "number", default: NaN}', '{type: "number", default: -0}', '{type: "string", default: "\\ufffdx"}',
  '{type: "string", default: "\\ud800"}', '{required: 1, allowNull: "yes", default: "x", type: "string"}',
  '{type: "string", allowNull: false, required: false}', '{type: "number", required: 1, allowNull: 1}', '{type: "object"}', '{type: "array"}', '{type: ["string", "string"]}',
  'new (class { type = "string"; })()', '{type: "string", [Symbol("s")]: 1}', 'Object.create({type: "string"})',
];

/**
 * The same, with objects and arrays. None is a default: TinyBase reports a default of that kind as invalid when it adds
 * it to a row.
 */
// prettier-ignore
export const objectCellSchemas = [
  '{type: "object"}', '{type: ["object", "array"]}', '{type: ["string", "object"]}', '{type: "object", default: []}',
  '{type: "array", allowNull: true}', '{type: "array", allowNull: true, default: null}', '{type: ["array", "number"], default: 1}',
];

/** What a schema may be given as that is none. */
export const oddSchemas = ['{}', '[]', 'null', 'undefined', '5', '"ab"', '{t1: 5}', '{t1: {}}', '{v: {}}'];
