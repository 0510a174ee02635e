// Links to paste: of one picture, and of another one each time.

import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';

test.use({ story: 'links' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

test('a picture’s page leads to its links, which work for anyone', async ({ page, request }) => {
  const photo = `/photos/${scene.open.imageIds[0]}`;
  await page.goto(photo);
  await page.getByRole('link', { name: 'Links to paste' }).click();
  await expect(page).toHaveURL(`${photo}/links`);
  const text = (name: string) => page.locator('[data-snippet]', { has: page.getByRole('heading', { name, exact: true }) }).locator('code').innerText();
  await page.getByLabel('Width of the picture').selectOption('160');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(`${photo}/links?w=160`);
  expect(await text('Picture')).toContain('/width=160,');
  for (const name of ['Page', 'Short link to the page', 'Picture', 'Short link to the picture']) {
    const answer = await request.get(await text(name));
    expect(answer.status(), name).toBe(200);
    expect(answer.headers()['content-type'], name).toContain(/picture$/i.test(name) ? 'image/' : 'text/html');
  }
  const short = await request.get(await text('Short link to the page'));
  expect(new URL(short.url()).pathname).toBe(photo);

  // As it is pasted into a page of this site.
  const html = await text('HTML, every format by itself');
  const shown = await page.evaluate(async (markup) => {
    const body = new DOMParser().parseFromString(markup, 'text/html').body;
    document.body.append(...body.children);
    const image = document.body.lastElementChild?.querySelector('img');
    await image?.decode();
    return { from: image?.currentSrc, width: image?.naturalWidth };
  }, html);
  expect(shown).toMatchObject({ width: 160, from: expect.stringContaining('format=avif') });
});

test('random pictures are shown at work', async ({ page }) => {
  await page.goto('/embed');
  const pictures = page.getByAltText('A picture of this site, chosen at random');
  const count = await pictures.count();
  expect(count).toBeGreaterThan(0);
  for (let at = 0; at < count; at++) {
    await pictures.nth(at).scrollIntoViewIfNeeded();
    await expect.poll(() => pictures.nth(at).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
  await expect(page.locator('[data-snippet] code').first()).toContainText(`<img src="${new URL('/random/landscape', page.url())}?1"`);
});

test('a button copies what stands beside it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/photos/${scene.open.imageIds[0]}/links`);
  await page.getByRole('button', { name: 'Copy “Markdown”' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^!\[.*\]\(http.*\)$/);
});
