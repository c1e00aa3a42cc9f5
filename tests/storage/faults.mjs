// What every persister does when its storage fails: nothing that was stored is lost, and nothing is hidden. Runs in a
// page, over any of the back ends.
import {browserError, withFailing} from './failing.mjs';
import {check, same, sorted} from './checks.mjs';

const old = [{t: {r: {a: 1, b: 'text'}}}, {v: 1}];
const initial = [{initial: {r: {c: 1}}}, {}];

const save = async ({open, createStore, end}, content) => {
  const store = createStore();
  store.setContent(content);
  await (await open(store)).save();
  await end();
};

const isOneOf = (content, allowed) => {
  const text = JSON.stringify(sorted(content));
  check(
    allowed.some((one) => JSON.stringify(sorted(one)) === text),
    `${text} is none of ${allowed.map((one) => JSON.stringify(one)).join(' or ')}`,
  );
};

const edited = [{t: {r: {a: 1, b: 'text', edit: 1}}}, {v: 1}];

/** Tests by name, or with the back ends that they are for; each gets a world with a place of its own. */
export const tests = {
  'bytes that were truncated anywhere are still somewhere after auto-persisting, and were reported': async (world) => {
    const {createStore, open, read, write, wipe, everything, errors, end} = world;
    const small = [{t: {r: {a: 1}}}, {v: 'x'}];
    await save(world, small);
    const {length} = await read();
    check(length, 'nothing is stored');
    for (let place = 0; place < length; place++) {
      for (let bytes = 1; ; bytes++) {
        await wipe();
        await save(world, small);
        errors.length = 0;
        const {where, text} = (await read())[place];
        if (bytes >= text.length) break;
        const rest = text.slice(0, bytes);
        await write(where, rest);
        // Saves the initial content, if anything.
        await (await open(createStore())).startAutoPersisting(initial);
        const found = await everything();
        check(errors.length, `no error with ${bytes} bytes of ${where}: ${rest}`);
        check(found.includes(rest), `the ${bytes} bytes of ${where} are gone: ${rest}; there is ${found.join('\n')}`);
        await end();
      }
    }
  },

  'a first load that fails once, with initial content, costs nothing': async (world) => {
    const {createStore, open, operations, errors, stored, until} = world;
    await save(world, old);
    const store = createStore();
    const persister = await open(store);
    let hasFailed = false;
    const isFirst = () => !hasFailed && (hasFailed = true);
    await withFailing(operations(), isFirst, () => persister.startAutoPersisting(initial));
    check(errors.length, 'no error');
    store.setCell('t', 'r', 'edit', 1);
    isOneOf(await stored(), [old, edited]);
    // As the persisters of the package do by themselves, after a while.
    if (world.isCustom) await persister.load();
    store.setValue('v', 1);
    await until(() => !persister.getSaveState().isUnsaved);
    isOneOf(await stored(), [edited, withInitial(edited)]);
  },

  'whichever operation fails, what is stored is old or new, and later it is new': async (world) => {
    const {createStore, open, operations, stored, end, errors, wipe} = world;
    const kinds = operations().map((operation) => [operation]);
    for (const kind of kinds) {
      for (let failing = 1; ; failing++) {
        await wipe();
        await save(world, old);
        errors.length = 0;
        const store = createStore();
        const persister = await open(store);
        const {count} = await withFailing(
          kind,
          (_, count) => count === failing,
          async () => {
            await persister.startAutoPersisting(initial);
            store.setCell('t', 'r', 'edit', 1);
            await persister.flush();
          },
        );
        const what = `${kind[0][1]}, number ${failing}`;
        if (count() < failing) {
          await end();
          break;
        }
        const then = await stored();
        try {
          isOneOf(then, [old, edited, withInitial(edited)]);
          await persister.load();
          store.setValue('later', 1);
          await persister.flush();
          const [tables, values] = await stored();
          same(tables.t, edited[0].t, 'in the end');
          same(values, {v: 1, later: 1}, 'in the end');
          same(persister.getSaveState().isUnsaved, false);
        } catch (error) {
          error.message = `${what}: ${error.message}`;
          throw error;
        }
        await end();
      }
    }
  },

  'a save that fails stays to be done, and is visible until it is done': async (world) => {
    const {createStore, open, operations, errors, waitForStored, stored, until} = world;
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoPersisting(old);
    errors.length = 0;
    const writes = operations().filter(([, , options]) => options?.writes);
    await withFailing(
      writes,
      () => true,
      async () => {
        store.setCell('t', 'r', 'edit', 1);
        await persister.flush();
      },
    );
    check(errors.length, 'no error');
    const {isUnsaved, lastError} = persister.getSaveState();
    same([isUnsaved, lastError !== undefined], [true, true]);
    isOneOf(await stored(), [old]);
    store.setValue('later', 1);
    await waitForStored([edited[0], {v: 1, later: 1}]);
    await until(() => !persister.getSaveState().isUnsaved);
    same(persister.getSaveState().lastError, undefined);
  },

  'a full storage is named so': async (world) => {
    const {createStore, open, operations} = world;
    const store = createStore();
    const persister = await open(store);
    await persister.startAutoPersisting(old);
    const writes = operations().filter(([, , options]) => options?.writes && !options.after);
    await withFailing(
      writes,
      () => true,
      async () => {
        store.setCell('t', 'r', 'edit', 1);
        await persister.flush();
      },
      () => browserError('QuotaExceededError'),
    );
    same(persister.getSaveState().lastErrorCode, 'quota-exceeded');
  },

  'a storage that is really full keeps what it has, and takes what fits again': {
    isFor: ({limit}) => limit,
    action: async ({createStore, open, stored, limit, errors}) => {
      const store = createStore();
      const persister = await open(store);
      await persister.startAutoPersisting(old);
      errors.length = 0;
      store.setCell('t', 'r', 'edit', 'x'.repeat(limit));
      await persister.flush();
      same([errors.length > 0, persister.getSaveState().lastErrorCode], [true, 'quota-exceeded']);
      same(await stored(), old);
      store.setCell('t', 'r', 'edit', 1);
      await persister.flush();
      same([await stored(), persister.getSaveState().isUnsaved], [edited, false]);
    },
  },

  'destroy ends, with an error, though the storage does not answer': {
    isFor: ({operations}) => operations().some(([, , options]) => options?.answers),
    action: async ({createStore, open, operations, errors}) => {
      const store = createStore();
      const persister = await open(store);
      await persister.save();
      const answering = operations().filter(([, , options]) => options?.answers);
      await withFailing(
        answering,
        () => true,
        async () => {
          store.setValue('v', 1);
          persister.save();
          const start = performance.now();
          await persister.destroy();
          check(performance.now() - start < 10_000, 'it took too long');
        },
        'never',
      );
      same(
        errors.map(({code}) => code),
        ['destroy-timeout'],
      );
    },
  },
};

// Initial content that the app asked for while it was not known what is stored is an edit as any other.
const withInitial = ([tables, values]) => [{...initial[0], ...tables}, values];
