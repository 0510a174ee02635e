// Pictures of every kind: taken, and sent as each browser takes them.

import type { Page } from '@playwright/test';
import { Account, type MadeGallery, person } from './account.ts';
import { expect, test } from './console.ts';
import { NO_DOCUMENTS, documentNamedJpg, heic, landscape, moving, png } from './pictures.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'pictures' });

let account: Account;
let gallery: MadeGallery;

test.beforeAll(async ({ program }) => {
  account = new Account(program);
  await account.register(person('Mei'));
  gallery = await account.gallery('Winter light', true);
});

/** The owner of the gallery, signed in. */
async function owner(page: Page): Promise<Visitor> {
  await account.sitsAt(page.context());
  return new Visitor(page, true);
}

test('a photograph is sent as AVIF, and to those who do not take that as WebP or JPEG', async ({
  page,
  browser,
  stranger,
  request,
}) => {
  const mei = await owner(page);
  const photograph = await landscape(browser);
  await mei.upload(gallery.galleryId, [photograph]);
  await mei.expectAdded(photograph);

  const visitor = new Visitor(await (await stranger()).newPage(), true);
  const sent = await visitor.looksAt(await mei.photo('landscape'));
  expect(sent.headers()['content-type']).toBe('image/avif');
  const shown = await visitor.picture.evaluate((img) => (img as HTMLImageElement).currentSrc);
  expect(shown, 'what was sent is what is seen').toBe(sent.url());

  const others = { 'image/webp,image/png,*/*;q=0.8': 'image/webp', '*/*': 'image/jpeg' };
  for (const [accept, type] of Object.entries(others)) {
    const answer = await request.get(sent.url(), { headers: { accept } });
    expect.soft([answer.status(), answer.headers()['content-type']], accept).toEqual([200, type]);
  }
});

test('what moves goes on moving', async ({ page, stranger, request }) => {
  const mei = await owner(page);
  const file = moving();
  await mei.upload(gallery.galleryId, [file]);
  await mei.expectAdded(file);

  const visitor = new Visitor(await (await stranger()).newPage(), true);
  const sent = await visitor.looksAt(await mei.photo('moving'));
  expect(sent.headers()['content-type']).toBe('image/webp');
  // The animation's own chunk, then one for each frame (RFC 9649, 2.7.1).
  const bytes = (await sent.body()).toString('latin1');
  expect(bytes).toContain('ANIM');
  expect(bytes.split('ANMF').length - 1, 'frames').toBeGreaterThan(1);

  const old = await request.get(sent.url(), { headers: { accept: '*/*' } });
  expect(old.headers()['content-type']).toBe('image/gif');
});

test('a picture that browsers do not know is shown', async ({ page, stranger }) => {
  const mei = await owner(page);
  const file = heic();
  await mei.upload(gallery.galleryId, [file]);
  await mei.expectAdded(file);

  const visitor = new Visitor(await (await stranger()).newPage(), true);
  const sent = await visitor.looksAt(await mei.photo('quarters'));
  expect(sent.headers()['content-type']).toBe('image/avif');
  await expect(visitor.picture).toHaveAttribute('width', '64');
  await expect(visitor.picture).toHaveAttribute('height', '48');
  const [red = 0, green = 0, blue = 0] = await visitor.picture.evaluate((img) => {
    const paint = new OffscreenCanvas(1, 1).getContext('2d');
    paint?.drawImage(img as HTMLImageElement, 0, 0);
    return [...(paint?.getImageData(0, 0, 1, 1).data ?? [])];
  });
  expect(red, 'the upper left is red').toBeGreaterThan(180);
  expect(Math.max(green, blue), 'the upper left is red').toBeLessThan(80);
});

test('what is refused is told with its reason, the others go on', async ({ page }) => {
  const mei = await owner(page);
  const [document, before, after] = [documentNamedJpg(), png('before.png', 300, 200), png('after.png', 200, 300)];
  await mei.upload(gallery.galleryId, [before, document, after]);
  await mei.expectAdded(before);
  await mei.expectAdded(after);
  await expect(mei.row(document)).toContainText(NO_DOCUMENTS);
  await expect(mei.row(document)).not.toContainText('Added');

  await mei.expectRefused(document, NO_DOCUMENTS);
  for (const title of ['before', 'after']) {
    await page.goto(await mei.photo(title));
    await expect(mei.picture).toBeVisible();
  }
});
