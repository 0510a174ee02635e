// What islands do, without script: plain forms and links.

import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands-no-script' });

let scene: Scene;
let photo = '';

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  photo = `/photos/${scene.open.imageIds[0]}`;
});

test('the ways to sign in lead to the sign-in page and back', async ({ page }) => {
  const olga = new Visitor(page, false);
  for (const link of [
    page.locator('header').getByRole('link', { name: 'Sign in' }),
    page.getByRole('link', { name: 'Sign in to like' }),
    page.locator('#comments').getByRole('link', { name: 'Sign in' }),
  ]) {
    await page.goto(photo);
    await expect(page.getByRole('dialog')).toBeHidden();
    await link.click();
    await expect(page).toHaveURL(/\/login\?next=\/photos\/\w+$/);
  }
  await olga.signIn(scene.owner);
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await olga.expectSignedIn();
});

test('a favourite is a form', async ({ page }) => {
  await scene.admin.sitsAt(page.context());
  await page.goto(photo);
  const star = page.getByRole('button', { name: 'Favourite' });
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'false');
});

test('downloads are links', async ({ page }) => {
  const visitor = new Visitor(page, false);
  await page.goto(photo);
  const { name } = await visitor.download(page.locator('main').getByRole('link', { name: /^Small/ }));
  expect(name).toBe('landscape-640.jpg');
  await expect(page.getByRole('button', { name: 'Share' }), 'it could do nothing').toBeHidden();
});

test('a picture is hung in a gallery by a form', async ({ page }) => {
  const { galleryId, slug } = await scene.account.gallery('Second wall', true);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, false);
  await page.goto(photo);
  await owner.menu('Add to gallery').click();
  const form = owner.form('gallery.addImages');
  await form.getByLabel('Gallery').selectOption(galleryId);
  await owner.send(form, {});
  await owner.expectSaid('It hangs in the gallery now.');
  await page.goto(`/gallery/${slug}`);
  await expect(page.locator(`main a[href="${photo}"]`)).toHaveCount(1);
});

test('a gallery that is gone is told beside the list, which stays open', async ({ page, complaints }) => {
  complaints.allow(/^404 POST /);
  const { galleryId } = await scene.account.gallery('Soon gone', false);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, false);
  await page.goto(photo);
  await scene.account.call('gallery.delete', { galleryId });
  await owner.menu('Add to gallery').click();
  const form = owner.form('gallery.addImages');
  await form.getByLabel('Gallery').selectOption(galleryId);
  await owner.send(form, {});
  await expect(form.getByRole('alert')).not.toBeEmpty();
});

test('a comment is changed and deleted by forms', async ({ page, complaints }) => {
  complaints.allow(/^422 POST .*\/photos\//);
  const imageId = scene.open.imageIds[1];
  await scene.account.call('comment.add', { imageId, content: 'Beautifull.' });
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, false);
  await page.goto(`/photos/${imageId}`);
  await page.getByText('Edit the comment of Olga').click();
  const edit = olga.form('comment.edit');
  await olga.send(edit, { content: ' ' });
  await expect(edit.getByRole('alert')).toHaveText('Write something first.');
  await olga.send(edit, { content: 'Beautiful.' });
  await expect(olga.comment('Beautiful.')).toHaveCount(1);
  await page.getByText('Edit the comment of Olga').click();
  await olga.send(olga.form('comment.delete'), {});
  await expect(page.locator('#comments li')).toHaveCount(0);
});

test('chosen pictures are put first', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  await page.goto(`/dashboard/galleries/${scene.open.galleryId}`);
  const boxes = page.locator('[data-order-of] input[type="checkbox"]');
  await expect(page.getByRole('button', { name: /^Move/ }), 'they could do nothing').toHaveCount(0);
  await page.getByLabel('tall', { exact: true }).check();
  await page.getByRole('button', { name: 'Put selected first' }).click();
  await expect(boxes.first()).toHaveAttribute('aria-label', 'tall');
  await expect(boxes).toHaveCount(5);
});
