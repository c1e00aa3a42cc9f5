// The codecs: what comes back is what was given, in every engine, and what was damaged never passes for it.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as codecs from '../../pkg/codecs.js';
import {places, workers} from './places.mjs';

const roundTrips = async ({modules}) => {
  const codecs = modules['cellarium/persisters/codecs'];
  const {createCompressionCodec, createEncryptionCodec, composeCodecs, bytesToText, textToBytes} = codecs;
  const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
  const reversing = {
    encode: (text) => new TextEncoder().encode([...text].reverse().join('')),
    decode: (bytes) => [...new TextDecoder().decode(bytes)].reverse().join(''),
  };
  const all = {
    gzip: createCompressionCodec(),
    deflate: createCompressionCodec('deflate'),
    raw: createCompressionCodec('deflate-raw'),
    encryption: createEncryptionCodec(key),
    both: composeCodecs(createCompressionCodec(), createEncryptionCodec(key)),
    nested: composeCodecs(
      composeCodecs(createCompressionCodec(), createEncryptionCodec(key)),
      createCompressionCodec(),
    ),
    alone: composeCodecs(createCompressionCodec()),
  };
  const texts = [
    '',
    '[{},{}]',
    'größer 🐈 "quoted" \\ \u2028 \0',
    '\ufeff at the start',
    '\ud83d',
    '\udc08\ud83d',
    'a\ud83db\udc08c\ud83d\udc08d\ud83d',
    '\ud7ff\ue000\uffff\ud800\udbff\udc00\udfff',
    '\ufffd\ufffc',
    'long '.repeat(300_000),
    Array.from({length: 100_000}, (_, index) => String.fromCharCode((index * 7919) % 65536)).join(''),
  ];
  const failures = [];
  for (const [name, codec] of Object.entries(all)) {
    for (const [index, text] of texts.entries()) {
      const bytes = await codec.encode(text);
      const stored = bytesToText(bytes);
      if (!/^[\x20-\x7e]*$/.test(stored)) failures.push([name, index, 'stored']);
      if ((await codec.decode(textToBytes(stored))) !== text) failures.push([name, index, 'text']);
      if (!Object.isFrozen(codec)) failures.push([name, 'frozen']);
    }
    const some = Uint8Array.from({length: 1000}, (_, index) => index * 7);
    const decoded = await codec.decodeBytes(await codec.encodeBytes(some));
    if (`${decoded}` !== `${some}`) failures.push([name, 'bytes']);
  }
  // One that knows only texts can be the first; the lone halves are its own loss.
  const foreign = composeCodecs(reversing, all.gzip, all.encryption);
  if ((await foreign.decode(await foreign.encode(texts[2]))) !== texts[2]) failures.push(['foreign']);
  if ('encodeBytes' in foreign) failures.push(['foreign takes bytes']);
  const {length} = await all.gzip.encode(texts[9]);
  if (length > 10_000) failures.push(['not compressed', length]);
  return failures;
};

const damage = async ({modules}) => {
  const {createCompressionCodec, createEncryptionCodec, composeCodecs} = modules['cellarium/persisters/codecs'];
  const createKey = () => crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
  const codecs = {
    gzip: createCompressionCodec(),
    deflate: createCompressionCodec('deflate'),
    encryption: createEncryptionCodec(await createKey()),
    both: composeCodecs(createCompressionCodec(), createEncryptionCodec(await createKey())),
  };
  const text = '[{"pets":{"fido":{"species":"dog"}}},{}]';
  const passed = [];
  const codes = new Set();
  const attempt = async (name, codec, bytes) => {
    try {
      if ((await codec.decode(bytes)) !== text) passed.push(name);
    } catch (error) {
      codes.add(error.code);
      if (!(error instanceof Error) || error.cause === undefined) passed.push(`${name}: ${error}`);
    }
  };
  for (const [name, codec] of Object.entries(codecs)) {
    const bytes = await codec.encode(text);
    for (let length = 0; length < bytes.length; length++)
      await attempt(`${name} ${length}`, codec, bytes.slice(0, length));
    for (let index = 0; index < bytes.length; index++) {
      const altered = bytes.slice();
      altered[index] ^= 1 << (index % 8);
      await attempt(`${name} altered at ${index}`, codec, altered);
    }
  }
  const other = createEncryptionCodec(await createKey());
  await attempt('another key', other, await codecs.encryption.encode(text));
  await attempt('another codec', codecs.gzip, await codecs.encryption.encode(text));
  await attempt('no text', codecs.gzip, await codecs.gzip.encodeBytes(Uint8Array.of(65, 0xff, 65)));
  await attempt('half a surrogate', codecs.gzip, await codecs.gzip.encodeBytes(Uint8Array.of(0xed, 0xa0)));
  return {passed, codes: [...codes]};
};

const encryptTwice = async ({modules}) => {
  const {createEncryptionCodec} = modules['cellarium/persisters/codecs'];
  const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, true, ['encrypt', 'decrypt']);
  const codec = createEncryptionCodec(key);
  const [one, other] = [await codec.encode('same'), await codec.encode('same')];
  // By hand, from what the documentation says of the bytes.
  const text = await crypto.subtle.decrypt({name: 'AES-GCM', iv: one.slice(0, 12)}, key, one.slice(12));
  return [one.length, `${one.slice(0, 12)}` !== `${other.slice(0, 12)}`, new TextDecoder().decode(text)];
};

const unusable = async ({modules}) => {
  const {createCompressionCodec, createEncryptionCodec} = modules['cellarium/persisters/codecs'];
  const onlyEncrypts = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt']);
  const otherKind = await crypto.subtle.generateKey({name: 'AES-CBC', length: 256}, false, ['encrypt', 'decrypt']);
  const codeOf = async (use) => {
    try {
      await use();
      return 'no error';
    } catch (error) {
      return error.code;
    }
  };
  const bytes = await createEncryptionCodec(onlyEncrypts).encode('text');
  return Promise.all([
    codeOf(() => createEncryptionCodec(onlyEncrypts).decode(bytes)),
    codeOf(() => createEncryptionCodec(otherKind).encode('text')),
    codeOf(() => createEncryptionCodec(otherKind).decode(bytes)),
    codeOf(() => createEncryptionCodec('key').encode('text')),
    codeOf(() => createEncryptionCodec(undefined).decode(bytes)),
    codeOf(() => createCompressionCodec('lossless').encode('text')),
    codeOf(() => createCompressionCodec('lossless').decode(bytes)),
  ]);
};

for (const {name, use} of [...places, ...workers]) {
  test(`what every codec gives back is what it was given, in ${name}`, () =>
    use(async ({evaluate}) => assert.deepEqual(await evaluate(roundTrips), [])));

  test(`bytes that were cut or altered, or encoded otherwise, are an error with a code, in ${name}`, () =>
    use(async ({evaluate}) => {
      const {passed, codes} = await evaluate(damage);
      assert.deepEqual(codes, ['undecodable-content']);
      assert.deepEqual(passed, []);
    }));

  test(`each encryption has bytes of its own in front, and is AES-GCM, in ${name}`, () =>
    use(async ({evaluate}) => assert.deepEqual(await evaluate(encryptTwice), [12 + 4 + 16, true, 'same'])));

  test(`a key or compression that cannot be used is an error at each use, in ${name}`, () =>
    use(async ({evaluate}) => assert.deepEqual(await evaluate(unusable), Array(7).fill('codec-unavailable'))));
}

test('a text that was stored without a codec is told from one that was not', () => {
  const {bytesToText, textToBytes} = codecs;
  for (const text of ['', '[{},{}]', 'base6', 'Base64:AAAA']) assert.equal(textToBytes(text), undefined);
  assert.equal(bytesToText(new Uint8Array()), 'base64:');
  assert.deepEqual(textToBytes('base64:'), new Uint8Array());
  for (const text of ['base64:A', 'base64:A*==', 'base64:\u{1f408}']) {
    assert.throws(() => textToBytes(text), {name: 'Error', code: 'undecodable-content'});
  }
});

test('what is no codec cannot be composed', () => {
  const {composeCodecs, createCompressionCodec} = codecs;
  const textsOnly = {encode: () => new Uint8Array(), decode: () => ''};
  const wrong = [[], [null], [{}], [{encode: () => {}}], [createCompressionCodec(), textsOnly], [textsOnly, undefined]];
  for (const list of wrong) {
    assert.throws(() => composeCodecs(...list), {name: 'Error', code: 'invalid-options'}, `${list}`);
  }
});

test('a codec of an app may be an object of a class', async () => {
  class Shifting {
    #by = 1;
    encode(text) {
      return Uint8Array.from(text, (letter) => letter.charCodeAt(0) + this.#by);
    }
    decode(bytes) {
      return String.fromCharCode(...bytes.map((byte) => byte - this.#by));
    }
  }
  const codec = codecs.composeCodecs(new Shifting(), codecs.createCompressionCodec());
  assert.equal(await codec.decode(await codec.encode('abc')), 'abc');
});

const without = async (name, use) => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, {value: undefined, configurable: true, writable: true});
  try {
    await use();
  } finally {
    Object.defineProperty(globalThis, name, descriptor);
  }
};

test('where the engine lacks what a codec needs, each use is an error with a code', async () => {
  const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
  const unavailable = {name: 'Error', code: 'codec-unavailable'};
  await without('crypto', async () => {
    await assert.rejects(codecs.createEncryptionCodec(key).encode('text'), unavailable);
    await assert.rejects(codecs.createEncryptionCodec(key).decode(new Uint8Array(40)), unavailable);
  });
  await without('CompressionStream', () => assert.rejects(codecs.createCompressionCodec().encode('text'), unavailable));
  await without('DecompressionStream', () =>
    assert.rejects(codecs.createCompressionCodec().decode(new Uint8Array(40)), unavailable),
  );
});
