// What one may do with a picture beside liking it: keep it, take it along, hang it.

import { expectAccessible } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands-actions' });

let scene: Scene;
/** A landscape of 1200 × 800. */
let photo = '';

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  photo = `/photos/${scene.open.imageIds[0]}`;
});

test('a favourite is kept at once, and given back when the server says no', async ({ page, complaints }) => {
  await scene.admin.sitsAt(page.context());
  const admin = new Visitor(page, true);
  await page.goto(photo);
  const star = page.getByRole('button', { name: 'Favourite' });
  const kept = page.waitForResponse((response) => response.url().endsWith('/api/rpc/image.favourite'));
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await kept;
  await page.reload();
  await expect(star).toHaveAttribute('aria-pressed', 'true');

  complaints.allow(/^failed POST .*\/image\.favourite/);
  await page.route('**/api/rpc/image.favourite', (route) => route.abort('connectionreset'));
  await admin.ready(star);
  await star.click();
  await admin.expectSaid('The server could not be reached.');
  await expect(star).toHaveAttribute('aria-pressed', 'true');
});

test('a like goes back when the server says no', async ({ page, complaints }) => {
  complaints.allow(/^failed POST .*\/image\.like/);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, true);
  await page.route('**/api/rpc/image.like', (route) => route.abort('connectionreset'));
  await page.goto(photo);
  await owner.expectLikes(1, true);
  await owner.like.click();
  await owner.expectSaid('The server could not be reached.');
  await owner.expectLikes(1, true);
});

test('the picture is downloaded as it is, and smaller', async ({ page }) => {
  const visitor = new Visitor(page, true);
  await page.goto(photo);
  await visitor.menu('Download').click();
  await expect(visitor.downloadLink).toContainText('1200 × 800');
  const smaller = page.locator('main').getByRole('link', { name: /^Small/ });
  await expect(smaller).toContainText('640 × 427');
  await expect(page.locator('main').getByRole('link', { name: /^Medium/ }), 'wider than the picture').toHaveCount(0);
  await expectAccessible(page);
  const { name, bytes } = await visitor.download(smaller);
  expect(name).toBe('landscape-640.jpg');
  expect([...bytes.subarray(0, 3)], 'a JPEG').toEqual([0xff, 0xd8, 0xff]);
});

test('a menu closes by Escape and by a press elsewhere', async ({ page }) => {
  const visitor = new Visitor(page, true);
  await page.goto(photo);
  const button = await visitor.ready(visitor.menu('Download'));
  await button.click();
  await expect(visitor.downloadLink).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(visitor.downloadLink).toBeHidden();
  await expect(button).toBeFocused();
  await button.click();
  await page.getByRole('heading', { name: 'Comments' }).click();
  await expect(visitor.downloadLink).toBeHidden();
});

test('the owner hangs a picture in a gallery without leaving it', async ({ page }) => {
  const { galleryId, slug } = await scene.account.gallery('Second wall', true);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, true);
  await page.goto(photo);
  let navigations = 0;
  page.on('framenavigated', () => navigations++);
  for (const said of ['Added to Second wall.', 'It is in Second wall already.']) {
    await owner.menu('Add to gallery').click();
    await expectAccessible(page);
    const form = owner.form('gallery.addImages');
    await form.getByLabel('Gallery').selectOption(galleryId);
    await owner.send(form, {});
    await owner.expectSaid(said);
    await expect(form).toBeHidden();
  }
  expect(navigations, 'the page stayed').toBe(0);
  await page.goto(`/gallery/${slug}`);
  await expect(page.locator(`main a[href="${photo}"]`)).toHaveCount(1);
});

test('a gallery that is gone is told beside the list', async ({ page, complaints }) => {
  complaints.allow(/^404 POST .*\/gallery\.addImages/);
  const { galleryId } = await scene.account.gallery('Soon gone', false);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, true);
  await page.goto(photo);
  await scene.account.call('gallery.delete', { galleryId });
  await owner.menu('Add to gallery').click();
  const form = owner.form('gallery.addImages');
  await form.getByLabel('Gallery').selectOption(galleryId);
  await owner.send(form, {});
  await expect(form.getByRole('alert')).not.toBeEmpty();
});

test('others are not offered to hang what is not theirs', async ({ page }) => {
  await scene.admin.sitsAt(page.context());
  await page.goto(photo);
  await expect(new Visitor(page, true).form('image.favourite')).toBeVisible();
  await expect(new Visitor(page, true).menu('Add to gallery')).toHaveCount(0);
});
