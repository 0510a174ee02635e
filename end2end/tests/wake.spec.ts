// When islands come alive, and that nothing done to them before is lost: crates/leptos-wake with real WebAssembly.

import type { Locator, Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { example, expect, test } from './wake-site.ts';

/** The island around an element. */
const island = (element: Locator): Locator => element.locator('xpath=ancestor::leptos-island[1]');

const expectAwake = (element: Locator): Promise<void> => expect(island(element)).toHaveAttribute('data-hydrated');

const expectAsleep = (element: Locator): Promise<void> => expect(island(element)).not.toHaveAttribute('data-hydrated');

/** A counter's button and its count. */
const counter = (page: Page, id = 'count') => ({ button: page.locator(`#${id}`), count: page.locator(`#${id}-count`) });

/** Long enough for what must not happen to happen. */
const moment = (page: Page): Promise<void> => page.waitForTimeout(400);

/** Types as a person does, so that the browser takes the field for changed by hand. */
async function type(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.pressSequentially(text);
}

test('what is sent of the loader is made of what people read', async () => {
  await promisify(execFile)(process.execPath, ['loader.mjs', '--check']);
});

test('the loader is no larger than 1.5 KB', async () => {
  const name = (await readdir(example())).find((name) => /^wake\.[0-9a-f]{16}\.js$/.test(name)) ?? '';
  const loader = await readFile(join(example(), name));
  const compressed = brotliCompressSync(loader, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  expect(compressed.length).toBeLessThanOrEqual(1536);
});

test.describe('each strategy waits for its own', () => {
  test('load: for nothing', async ({ page, module }) => {
    await page.goto('/load.html');
    const { button, count } = counter(page);
    await expectAwake(button);
    await button.click();
    await expect(count).toHaveText('1');
    expect(module.asked).toEqual(['/pkg/example.js', '/pkg/example_bg.wasm']);
  });

  for (const name of ['idle', 'default']) {
    test(`${name}: for the browser to have time`, async ({ page }) => {
      await page.goto(`/${name}.html`);
      await expectAwake(counter(page).button);
    });
  }

  test('visible: for being scrolled to', async ({ page, module }) => {
    await page.goto('/visible.html');
    const { button } = counter(page);
    await moment(page);
    await expectAsleep(button);
    expect(module.asked).toEqual([]);
    // Within the margin, not yet within the window.
    await button.evaluate((node) => window.scrollTo(0, node.getBoundingClientRect().top - window.innerHeight - 40));
    await expectAwake(button);
    await expect(button).not.toBeInViewport();
  });

  test('media: for its query to hold', async ({ page, module }) => {
    await page.setViewportSize({ width: 500, height: 700 });
    await page.goto('/media.html');
    const { button, count } = counter(page);
    await button.click();
    await moment(page);
    await expectAsleep(button);
    expect(module.asked).toEqual([]);
    await page.setViewportSize({ width: 1200, height: 700 });
    await expectAwake(button);
    await expect(count, 'a press is not held for it').toHaveText('0');
  });

  test('only: shows something else until then', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/only.html');
    await expect(page.locator('#fallback')).toBeVisible();
    await expect(page.locator('#count')).toHaveCount(0);
    go();
    const { button, count } = counter(page);
    await expectAwake(button);
    await expect(page.locator('#fallback')).toHaveCount(0);
    await button.click();
    await expect(count).toHaveText('1');
    const inner = counter(page, 'inner');
    await expectAsleep(inner.button);
    await inner.button.click();
    await expect(inner.count).toHaveText('1');
  });

  test('interaction: for a touch', async ({ page, module }) => {
    await page.goto('/several.html');
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 300);
    await page.locator('#plain').click();
    await moment(page);
    expect(module.asked, 'looking, scrolling and pressing elsewhere load nothing').toEqual([]);
    const [one, two, three] = [counter(page, 'one'), counter(page, 'two'), counter(page, 'three')];
    await one.button.click();
    await expect(one.count).toHaveText('1');
    await expectAwake(two.button);
    await expect(two.count).toHaveText('0');
    await expectAsleep(three.button);
    await three.button.click();
    await expect(three.count).toHaveText('1');
    expect(module.asked, 'loaded once').toEqual(['/pkg/example.js', '/pkg/example_bg.wasm']);
  });
});

test.describe('by interaction', () => {
  test('the pointer over a button loads ahead and wakes nothing', async ({ page, module }) => {
    await page.goto('/interaction.html');
    const { button } = counter(page);
    await button.hover();
    await expect.poll(() => module.asked).toContain('/pkg/example_bg.wasm');
    await moment(page);
    await expectAsleep(button);
  });

  test('focus wakes', async ({ page }) => {
    await page.goto('/interaction.html');
    await page.getByRole('link', { name: 'Away' }).focus();
    await expectAwake(counter(page).button);
  });

  test('a press is held while it loads, and repeated once', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    const { button, count } = counter(page);
    await button.click();
    await button.click();
    await moment(page);
    await expect(count).toHaveText('0');
    go();
    await expect(count, 'pressing again meanwhile is impatience').toHaveText('1');
    await moment(page);
    await expect(count).toHaveText('1');
    await button.click();
    await expect(count).toHaveText('2');
  });

  test('a press by key is held too', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    const { button, count } = counter(page);
    await button.focus();
    await page.keyboard.press('Enter');
    go();
    await expect(count).toHaveText('1');
  });

  test('what is typed meanwhile is sent by the button', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    await type(page.getByLabel('Name'), 'Lin');
    await page.getByRole('button', { name: 'Greet' }).click();
    await moment(page);
    await expect(page, 'the form was not sent').toHaveURL(/interaction\.html$/);
    go();
    await expect(page.locator('#said')).toHaveText('Hello Lin.');
    await expect(page.getByLabel('Name')).toHaveValue('Lin');
    await moment(page);
    await expect(page.locator('#said')).toHaveText('Hello Lin.');
    await expect(page).toHaveURL(/interaction\.html$/);
  });

  test('Enter sends a form with a button', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    await type(page.getByLabel('Name'), 'Mei');
    await page.keyboard.press('Enter');
    go();
    await expect(page.locator('#said')).toHaveText('Hello Mei.');
  });

  test('Enter sends a form without one', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    await type(page.getByLabel('Words'), 'sea');
    await page.keyboard.press('Enter');
    await moment(page);
    await expect(page).toHaveURL(/interaction\.html$/);
    go();
    await expect(page.locator('#sought')).toHaveText('Sought sea.');
  });

  test('a marked link is held, a plain one leads away at once', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    await page.getByRole('link', { name: 'More pages' }).click();
    await moment(page);
    go();
    await expect(page.locator('#pages')).toHaveText('2');
    await expect(page).toHaveURL(/interaction\.html$/);

    module.slow();
    await page.goto('/interaction.html');
    await page.getByRole('link', { name: 'Away' }).click();
    await expect(page).toHaveURL(/answer\.html\?away$/);
  });

  test('a press that means another window keeps its meaning', async ({ page, module, context }) => {
    module.slow();
    await page.goto('/interaction.html');
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: 'More pages' }).click({ modifiers: ['ControlOrMeta'] });
    await expect(await opened).toHaveURL(/answer\.html\?page=2$/);
    await expect(page.locator('#pages')).toHaveText('1');
  });

  test('a finger that scrolls loads nothing, one that taps is held', async ({ browser, site, complaints }) => {
    const context = await browser.newContext({ baseURL: site, hasTouch: true, isMobile: true, viewport: { width: 390, height: 600 } });
    complaints.listen(context);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/interaction.html');
    const { button, count } = counter(page);
    // The island's words, not its button.
    const words = await page.locator('#count-count').boundingBox();
    const session = await context.newCDPSession(page);
    const [x, y] = [(words?.x ?? 0) + 2, (words?.y ?? 0) + 2];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y + 80 }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await moment(page);
    expect(asked.filter((path) => path.startsWith('/pkg/'))).toEqual([]);
    await button.tap();
    await expect(count).toHaveText('1');
    await context.close();
  });
});

test.describe('when the download fails', () => {
  for (const what of ['.js', '.wasm'] as const) {
    test(`without the ${what} a held form is sent plainly, and the next touch tries again`, async ({ page, module, complaints }) => {
      complaints.allow(/^failed GET .*\/pkg\//);
      const warnings: string[] = [];
      page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
      module.breaks(what);
      await page.goto('/interaction.html');
      await type(page.getByLabel('Name'), 'Lin');
      await page.getByRole('button', { name: 'Greet' }).click();
      await expect(page, 'with what was typed and the button that sent it').toHaveURL(/answer\.html\?name=Lin&by=button$/);
      expect(warnings.join()).toContain('sleep on');

      await page.goto('/interaction.html');
      const { button, count } = counter(page);
      await button.click();
      await moment(page);
      await expectAsleep(button);
      module.mended();
      await button.click();
      await expect(count).toHaveText('1');
    });
  }

  test('a held link leads where it leads', async ({ page, module, complaints }) => {
    complaints.allow(/^failed GET .*\/pkg\//);
    module.breaks('.wasm');
    await page.goto('/interaction.html');
    await page.getByRole('link', { name: 'More pages' }).click();
    await expect(page).toHaveURL(/answer\.html\?page=2$/);
  });

  test('an island that waits for no touch is tried again by one', async ({ page, module, complaints }) => {
    complaints.allow(/^failed GET .*\/pkg\//);
    module.breaks('.wasm');
    await page.goto('/load.html');
    const { button } = counter(page);
    await expect.poll(() => module.asked).toContain('/pkg/example_bg.wasm');
    await moment(page);
    await expectAsleep(button);
    module.mended();
    await page.locator('body').click();
    await expectAwake(button);
  });

  test('the fallback of what needs a script stays', async ({ page, module, complaints }) => {
    complaints.allow(/^failed GET .*\/pkg\//);
    module.breaks('.js');
    await page.goto('/only.html');
    await expect.poll(() => module.asked).toContain('/pkg/example.js');
    await moment(page);
    await expect(page.locator('#fallback')).toBeVisible();
    module.mended();
    await page.locator('#fallback').click();
    await expectAwake(counter(page).button);
  });
});

test.describe('what was done to fields before', () => {
  /** What the island takes a field to hold. */
  const known = (page: Page, id: string): Locator => page.locator(`li#${id}`);

  test('untouched ones get what the island gives them', async ({ page }) => {
    await page.goto('/fields.html');
    await expectAwake(page.getByLabel('Untouched'));
    await expect(page.getByLabel('Untouched')).toHaveValue('from the island');
    await expect(page.getByLabel('Name')).toHaveValue('from the island');
    await expect(page.getByLabel('red')).toBeChecked();
    await expect(page.getByLabel('Agreed')).not.toBeChecked();
    await expect(known(page, 'presses')).toHaveText('0');
    await expect(page.locator('details')).not.toHaveAttribute('open');
  });

  for (const name of ['fields', 'fields-by-touch']) {
    test(`stays and is told: ${name}`, async ({ page, module }) => {
      const go = module.slow();
      await page.goto(`/${name}.html`);
      await type(page.getByLabel('Plain'), 'plain words');
      await type(page.getByLabel('Note'), 'a note');
      await page.getByLabel('Agreed').click();
      await page.getByLabel('blue').click();
      await page.getByLabel('Size').selectOption('large');
      await page.getByLabel('File').setInputFiles({ name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('1') });
      await page.getByText('Further', { exact: true }).click();
      await page.locator('#dialog').evaluate((dialog) => (dialog as HTMLDialogElement).show());
      // Last, so that it has the focus and the caret.
      await type(page.getByLabel('Name'), 'typed');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await expect(page.getByLabel('Agreed'), 'browsers do at once what needs no script').toBeChecked();
      go();

      await expectAwake(page.getByLabel('Name'));
      await expect(page.getByLabel('Plain')).toHaveValue('plain words');
      await expect(known(page, 'plain')).toHaveText('plain words');
      await expect(page.getByLabel('Note')).toHaveValue('a note');
      await expect(known(page, 'note')).toHaveText('a note');
      await expect(page.getByLabel('Agreed')).toBeChecked();
      await expect(known(page, 'agreed')).toHaveText('true');
      await expect(known(page, 'presses')).toHaveText('1');
      await expect(page.getByLabel('blue')).toBeChecked();
      await expect(known(page, 'colour')).toHaveText('blue');
      await expect(page.getByLabel('Size')).toHaveValue('large');
      await expect(known(page, 'size')).toHaveText('large');
      await expect(known(page, 'file')).toHaveText(/one\.txt$/);
      await expect(page.locator('details')).toHaveAttribute('open');
      await expect(known(page, 'open')).toHaveText('true');
      await expect(page.locator('#dialog')).toBeVisible();
      await expect(page.getByLabel('Untouched')).toHaveValue('from the island');

      const field = page.getByLabel('Name');
      await expect(field).toHaveValue('typed');
      await expect(known(page, 'name')).toHaveText('typed');
      await expect(field).toBeFocused();
      expect(await field.evaluate((field) => (field as HTMLInputElement).selectionStart)).toBe(3);
      await page.keyboard.press('X');
      await expect(field, 'the caret stayed').toHaveValue('typXed');
    });
  }
});

test.describe('islands in islands', () => {
  test('the outer one wakes first and shares what it gives', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/nested.html');
    const [inner, along, stranger] = [page.locator('#inner'), page.locator('#along'), page.locator('#stranger')];
    await expect(inner).toHaveText('asleep');
    await inner.click();
    go();
    await expect(inner).toHaveText('light');
    await expectAwake(page.locator('#darken'));
    await page.locator('#darken').click();
    await expect(inner).toHaveText('dark');
    await expect(along, 'the other sleeps on').toHaveText('asleep');
    await along.click();
    await expect(along).toHaveText('dark');
    await stranger.click();
    await expect(stranger, 'what stands beside shares nothing').toHaveText('no theme');
  });

  test('the outer one alone leaves the inner one asleep', async ({ page }) => {
    await page.goto('/nested.html');
    await page.locator('#darken').click();
    await expect(page.locator('#along')).toHaveText('dark');
    await expectAsleep(page.locator('#inner'));
    await page.locator('#inner').click();
    await expect(page.locator('#inner')).toHaveText('dark');
  });

  test('an inner one that is due wakes the outer one', async ({ page }) => {
    await page.goto('/nested-load.html');
    await expect(page.locator('#inner')).toHaveText('light');
    await expectAwake(page.locator('#darken'));
  });

  test('one that the module does not know breaks no other', async ({ page }) => {
    await page.goto('/missing.html');
    const { button, count } = counter(page);
    await expectAwake(button);
    await button.click();
    await expect(count).toHaveText('1');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page, 'its form works as it is').toHaveURL(/answer\.html\?$/);
  });
});

test.describe('going back', () => {
  test('finds things as they were left', async ({ page }) => {
    await page.goto('/interaction.html');
    const { button, count } = counter(page);
    await button.click();
    await expect(count).toHaveText('1');
    await page.getByLabel('Name').fill('Lin');
    await page.getByRole('link', { name: 'Away' }).click();
    await expect(page).toHaveURL(/away$/);
    await page.goBack();
    // Shown again as it was, or loaded again with what was typed; never pressed again.
    await expect(page.getByLabel('Name')).toHaveValue('Lin');
    await moment(page);
    const before = Number(await count.textContent());
    expect(before).toBeLessThanOrEqual(1);
    await button.click();
    await expect(count).toHaveText(String(before + 1));
  });

  test('a page kept as it was has let go of what was held', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    const { button, count } = counter(page);
    await button.click();
    // What browsers tell of a page that they keep and show again.
    await page.evaluate(() => {
      for (const type of ['pagehide', 'pageshow']) {
        window.dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
      }
    });
    go();
    await expectAwake(button);
    await moment(page);
    await expect(count).toHaveText('0');
    await button.click();
    await expect(count).toHaveText('1');
  });

  test('what was held when the page was left is neither sent nor pressed', async ({ page, module }) => {
    const go = module.slow();
    await page.goto('/interaction.html');
    await page.getByRole('button', { name: 'Greet' }).click();
    await page.getByRole('link', { name: 'Away' }).click();
    await expect(page).toHaveURL(/away$/);
    await page.goBack();
    go();
    await moment(page);
    await expect(page).toHaveURL(/interaction\.html$/);
    await expect(page.locator('#said')).toHaveText('');
    const { button, count } = counter(page);
    await button.click();
    await expect(count).toHaveText('1');
  });
});
