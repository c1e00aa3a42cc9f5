// Clicks through the playground in Chromium, on its real storages.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, test} from 'node:test';
import {launchChromium} from '../../scripts/browser.mjs';
import {root} from '../../scripts/run.mjs';
import {serve} from '../../scripts/serve.mjs';

const key = 'cellarium-playground';
const desktop = {width: 1280, height: 900};
const phone = {width: 360, height: 780};

let server;
let browser;
let context;
let complaints;

before(async () => {
  server = await serve({'/pkg/': `${root}/pkg`, '/': `${root}/www`});
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

// Storages are of a context, so each test starts with empty ones.
const openContext = async (options) => {
  await context?.close();
  context = await browser.newContext(options);
  context.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => request.url().startsWith(server.url) || complaints.push(request.url()));
};

beforeEach(async () => {
  complaints = [];
  await openContext({viewport: desktop});
});

// Whatever a test does, no page may complain or ask for anything from elsewhere.
afterEach(() => assert.deepEqual(complaints, []));

const open = async (place = '') => {
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.goto(`${server.url}${place && `#${place}`}`);
  await page.waitForSelector('#version:not([hidden])');
  return page;
};

/** Wait until a reading of the page is what is expected, or fail with what it is. */
const waitFor = async (read, expected) => {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (JSON.stringify(await read()) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(await read(), expected);
};

const names = (page) => page.$$eval('[data-cell=name]', (inputs) => inputs.map(({value}) => value));
const stored = (page, area = 'localStorage', name = key) =>
  page.evaluate(([area, name]) => JSON.parse(globalThis[area].getItem(name)), [area, name]);
const textOf = (page, selector) => page.$eval(selector, ({textContent}) => textContent.trim());

const choose = async (page, place) => {
  await page.check(`[name=place][value=${place}]`);
  await page.waitForSelector(place === 'nowhere' ? '#status[data-status=none]' : '#status[data-status=Idle]');
};

const addPet = async (page, name, species) => {
  await page.fill('#add-name', name);
  await page.fill('#add-species', species);
  await page.keyboard.press('Enter');
};

const edit = async (page, row, cell, text) => {
  await page.locator(`[data-cell=${cell}]`).nth(row).fill(text);
  await page.keyboard.press('Enter');
};

test('a pet that is added is in local storage at once, and still there after a reload', async () => {
  const page = await open();
  await waitFor(() => names(page), ['Fido', 'Felix', 'Polly']);
  await addPet(page, 'Rex', 'dog');
  const [tables, values] = await stored(page);
  assert.deepEqual(tables.pets[3], {name: 'Rex', species: 'dog', age: null, chipped: false});
  assert.deepEqual(values, {title: 'Our pets'});
  await page.reload();
  await waitFor(() => names(page), ['Fido', 'Felix', 'Polly', 'Rex']);
});

test('cells of every type are edited, deleted and stored', async () => {
  const page = await open();
  await edit(page, 0, 'name', 'Fido the Great');
  await edit(page, 0, 'age', '6.5');
  await edit(page, 1, 'age', '');
  await page.locator('[data-cell=chipped]').nth(1).check();
  await edit(page, 1, 'likes', 'fish, naps ,,');
  await edit(page, 2, 'species', '');
  await page.fill('#list-title', 'Everyone');
  await page.keyboard.press('Enter');
  const [{pets}, values] = await stored(page);
  assert.deepEqual(pets[0], {
    name: 'Fido the Great',
    species: 'dog',
    age: 6.5,
    chipped: true,
    likes: '\uFFFD["walks","naps"]',
  });
  assert.deepEqual(pets[1], {name: 'Felix', species: 'cat', age: null, chipped: true, likes: '\uFFFD["fish","naps"]'});
  assert.deepEqual(pets[2], {name: 'Polly', age: null, chipped: true});
  assert.deepEqual(values, {title: 'Everyone'});
});

test('a number that is not valid is not stored and gives way to the one that is', async () => {
  const page = await open();
  await edit(page, 0, 'age', '-1');
  const age = page.locator('[data-cell=age]').first();
  assert.equal(await age.getAttribute('aria-invalid'), 'true');
  assert.equal((await stored(page))[0].pets[0].age, 5);
  await age.blur();
  assert.equal(await age.inputValue(), '5');
});

test('deleting goes on by keyboard, down to the empty table, and samples come back', async () => {
  const page = await open();
  await page.getByRole('button', {name: 'Delete Felix'}).click();
  assert.deepEqual(await names(page), ['Fido', 'Polly']);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(page), []);
  assert.equal(await page.isVisible('#pets-empty'), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'add-name');
  assert.deepEqual((await stored(page))[0], {});
  await page.click('#add-samples');
  assert.deepEqual(await names(page), ['Fido', 'Felix', 'Polly']);
  await page.click('#delete-all');
  assert.deepEqual(await names(page), []);
});

for (const place of ['local', 'custom']) {
  test(`a second tab follows on ${place} storage, both ways`, async () => {
    const first = await open(place);
    await first.waitForSelector('#status[data-status=Idle]');
    await waitFor(() => first.isChecked('#auto-save'), true);
    if (place === 'custom') await first.uncheck('#is-slow');
    const [second] = await Promise.all([context.waitForEvent('page'), first.click('#second-tab')]);
    await waitFor(() => second.isChecked('#auto-save'), true);
    await waitFor(() => names(second), ['Fido', 'Felix', 'Polly']);
    if (place === 'custom') await second.uncheck('#is-slow');
    await addPet(first, 'Rex', 'dog');
    await waitFor(() => names(second), ['Fido', 'Felix', 'Polly', 'Rex']);
    await edit(second, 0, 'name', 'Bello');
    await waitFor(() => names(first), ['Bello', 'Felix', 'Polly', 'Rex']);
    assert.match(await textOf(first, '#stored-text'), /Bello/);
  });
}

test('changing places takes the content along, or brings what is stored there', async () => {
  const page = await open();
  await waitFor(() => names(page), ['Fido', 'Felix', 'Polly']);
  await addPet(page, 'Rex', 'dog');
  await choose(page, 'session');
  await waitFor(async () => Object.keys((await stored(page, 'sessionStorage'))?.[0].pets ?? {}), ['0', '1', '2', '3']);
  await waitFor(() => page.isChecked('#auto-save'), true);
  await page.click('#delete-all');
  assert.deepEqual((await stored(page, 'sessionStorage'))[0], {});
  assert.equal(Object.keys((await stored(page))[0].pets).length, 4);

  await choose(page, 'nowhere');
  assert.equal(await textOf(page, '#status'), 'No persister');
  assert.equal(await page.isDisabled('#save'), true);
  await addPet(page, 'Tweety', 'canary');
  assert.deepEqual((await stored(page, 'sessionStorage'))[0], {});

  await choose(page, 'local');
  await waitFor(() => names(page), ['Fido', 'Felix', 'Polly', 'Rex']);
  assert.equal(new URL(page.url()).hash, '#local');
});

test('without auto-save only the button saves, and without auto-load only the button loads', async () => {
  const page = await open();
  await waitFor(() => page.isChecked('#auto-persisting'), true);
  await page.uncheck('#auto-save');
  assert.equal(await page.$eval('#auto-persisting', ({indeterminate}) => indeterminate), true);
  await page.uncheck('#auto-load');
  await waitFor(() => page.isChecked('#auto-load'), false);
  const saves = Number(await textOf(page, '#saves'));
  await addPet(page, 'Rex', 'dog');
  assert.equal((await stored(page))[0].pets[3], undefined);
  await page.click('#save');
  assert.equal((await stored(page))[0].pets[3].name, 'Rex');
  await waitFor(() => textOf(page, '#saves'), String(saves + 1));

  await page.evaluate((key) => localStorage.setItem(key, '[{"pets":{"a":{"name":"Only one"}}},{}]'), key);
  assert.equal((await names(page)).length, 4);
  await page.click('#load');
  await waitFor(() => names(page), ['Only one']);

  await page.check('#auto-persisting');
  await waitFor(() => page.isChecked('#auto-save'), true);
  await addPet(page, 'Rex', 'dog');
  assert.equal((await stored(page))[0].pets[0].name, 'Rex');
});

test('a slow custom persister is seen saving, and counts', async () => {
  const page = await open('custom');
  await waitFor(() => page.isChecked('#auto-save'), true);
  await page.waitForSelector('#status[data-status=Idle]');
  await addPet(page, 'Rex', 'dog');
  assert.equal(await textOf(page, '#status'), 'Saving');
  await page.waitForSelector('#status[data-status=Idle]');
  assert.equal((await stored(page, 'localStorage', `${key}-custom`))[0].pets[3].name, 'Rex');
  await page.click('#custom-code summary');
  await waitFor(async () => (await textOf(page, '#custom-code pre')).includes('createCustomPersister('), true);
});

test('an error of the storage is shown, and the next save works again', async () => {
  const page = await open();
  await waitFor(() => textOf(page, '#error-text').then((text) => text.includes('nothing was stored yet')), true);
  await page.evaluate(() => {
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    globalThis.mend = () => (Storage.prototype.setItem = setItem);
  });
  await addPet(page, 'Rex', 'dog');
  await waitFor(() => page.getAttribute('#error', 'data-kind'), 'problem');
  assert.match(await textOf(page, '#error-text'), /The quota has been exceeded\./);
  assert.equal((await stored(page))[0].pets[3], undefined);
  await page.evaluate(() => globalThis.mend());
  await addPet(page, 'Max', 'dog');
  assert.equal((await stored(page))[0].pets[3].name, 'Rex');
});

test('an error of a failing custom persister is shown', async () => {
  const page = await open('custom');
  await page.uncheck('#is-slow');
  await page.check('#is-failing');
  await page.click('#save');
  await waitFor(async () => /The server does not answer/.test(await textOf(page, '#error-text')), true);
});

test('the stored text is shown pretty and raw, and can be removed', async () => {
  const page = await open();
  await waitFor(async () => (await textOf(page, '#stored-text')).startsWith('[\n  {\n    "pets": {'), true);
  await page.check('[name=form][value=raw]');
  assert.equal(await textOf(page, '#stored-text'), await page.evaluate((key) => localStorage.getItem(key), key));
  await page.click('#remove-stored');
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), key), null);
  assert.match(await textOf(page, '#stored-empty'), /^Nothing is stored/);
  assert.equal(await page.isVisible('#stored-text'), false);
});

test('listener calls are listed by transaction', async () => {
  const page = await open('nowhere');
  await waitFor(() => names(page), ['Fido', 'Felix', 'Polly']);
  await edit(page, 0, 'age', '6');
  const newest = page.locator('#activity-list > li').first();
  assert.deepEqual(await newest.locator('ul > li').allTextContents(), ['cell pets / 0 / age: 5 → 6']);
});

test('every control has a name, and the page can be used by keyboard alone', async () => {
  const page = await open('custom');
  const unnamed = await page.$$eval('input, button, a, summary', (controls) =>
    controls
      .filter((control) => {
        const label = control.ariaLabel ?? [...(control.labels ?? [])].map((item) => item.textContent).join('');
        return !`${label}${control.textContent}`.trim();
      })
      .map(({outerHTML}) => outerHTML),
  );
  assert.deepEqual(unnamed, []);
  await page.focus('#add-name');
  await page.keyboard.type('Rex');
  await page.keyboard.press('Enter');
  assert.equal(await textOf(page, '#announcement'), 'Rex is added.');
  await page.focus('[name=place]:checked');
  await page.keyboard.press('ArrowUp');
  await waitFor(async () => new URL(page.url()).hash, '#local');
});

for (const colorScheme of ['light', 'dark']) {
  test(`text has enough contrast in the ${colorScheme} scheme`, async () => {
    await openContext({viewport: desktop, colorScheme});
    const page = await open();
    const ratios = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const luminance = (name) => {
        const [red, green, blue] = style
          .getPropertyValue(name)
          .trim()
          .match(/[\da-f]{2}/gi)
          .map((hex) => parseInt(hex, 16) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const pairs = [
        ...['--page', '--card', '--sunken', '--tint'].map((back) => ['--text', back]),
        ...['--page', '--card', '--sunken', '--tint', '--field', '--busy-tint'].map((back) => ['--soft', back]),
        ...['--card', '--tint', '--page'].map((back) => ['--accent', back]),
        ['--on-accent', '--accent'],
        ['--good', '--good-tint'],
        ['--busy', '--busy-tint'],
        ['--bad', '--bad-tint'],
      ];
      return pairs.map(([front, back]) => {
        const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
        return [`${front} on ${back}`, (light + 0.05) / (dark + 0.05)];
      });
    });
    assert.deepEqual(
      ratios.filter(([, ratio]) => ratio < 4.5),
      [],
    );
  });
}

for (const [name, viewport] of Object.entries({phone, desktop})) {
  test(`nothing is wider than the screen of a ${name}`, async () => {
    await openContext({viewport});
    const page = await open('custom');
    await page.uncheck('#is-slow');
    await waitFor(() => page.isChecked('#auto-save'), true);
    await addPet(page, 'A'.repeat(60), 'B'.repeat(40));
    await page.click('#custom-code summary');
    await page.check('[name=form][value=raw]');
    const [width, tooWide] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      [...document.querySelectorAll('main .card, main button, main input:not(.unseen)')]
        .filter((item) => item.getBoundingClientRect().right > innerWidth)
        .map(({outerHTML}) => outerHTML),
    ]);
    assert.equal(width, viewport.width);
    assert.deepEqual(tooWide, []);
  });
}

test('without the built package the page says so', async () => {
  const bare = await serve({'/': `${root}/www`});
  const bareContext = await browser.newContext(); // whose page may complain
  try {
    const page = await bareContext.newPage();
    await page.goto(bare.url);
    await page.waitForSelector('#not-built:not([hidden])');
    assert.match(await textOf(page, '#not-built'), /npm start/);
  } finally {
    await bareContext.close();
    await bare.close();
  }
});
