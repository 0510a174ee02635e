// The whole line with scripts on: from the one-time link to likes and comments on uploaded pictures.

import { person } from './account.ts';
import { expect, test } from './console.ts';
import { landscape, png, portrait, textNamedJpg, truncatedJpeg } from './pictures.ts';
import { Visitor, expectThreeShapes, shape } from './visitor.ts';

test.use({ story: 'whole-line' });
test.describe.configure({ mode: 'serial' });

const admin = person('Ada');
const member = person('Mei');
const gallery = { galleryId: '', slug: '' };
let photo = '';

test('the one-time link makes the admin account', async ({ page, program }) => {
  const ada = new Visitor(page, true);
  await page.goto(program.adminLink);
  await ada.register(admin);
  await ada.expectSignedIn();
  await ada.signOut();
});

test('the one-time link does not work a second time', async ({ page, program, complaints }) => {
  complaints.allow(/^4\d\d GET .*\/setup/);
  const other = new Visitor(page, true);
  await page.goto(program.adminLink);
  await expect(other.form('user.register').locator('[name="setupToken"]')).toHaveCount(0);
  await expect(page.locator('main')).toContainText(/link/i);
});

test('a member registers and is signed in', async ({ page }) => {
  const mei = new Visitor(page, true);
  await page.goto('/register');
  await mei.register(member);
  await mei.expectSignedIn();
  await mei.signOut();
  await mei.comesAs(member);
});

test('a member makes a public gallery and uploads three pictures into it', async ({ page, browser }) => {
  const mei = new Visitor(page, true);
  await mei.comesAs(member);
  Object.assign(gallery, await mei.makeGallery('Winter light', true));

  await page.goto(`/upload?gallery=${gallery.galleryId}`);
  const files = [await landscape(browser), await portrait(browser), png('square.png', 700, 700)];
  await mei.choose(files);
  for (const file of files) {
    await mei.expectAdded(file);
  }
});

test('anyone sees the gallery, each picture in its own shape', async ({ page }) => {
  await page.goto(`/gallery/${gallery.slug}`);
  await expectThreeShapes(page);
  const hung = page.locator('main a[href^="/photos/"] img');
  expect(await hung.evaluateAll((all) => all.map((img) => img.getAttribute('alt'))), 'in the order chosen').toEqual([
    'landscape',
    'portrait',
    'square',
  ]);
  await page.locator('main a[href^="/photos/"]').filter({ has: page.getByAltText('portrait') }).click();
  await expect(page).toHaveURL(/\/photos\/\w+$/);
  photo = new URL(page.url()).pathname;
  expect(await shape(new Visitor(page, true).picture)).toMatchObject({ width: 800, height: 1200 });
});

test('liking asks a visitor to sign in and leads back to the picture', async ({ page }) => {
  const ada = new Visitor(page, true);
  await page.goto(photo);
  await (await ada.ready(ada.like)).click();
  await expect(ada.form('user.login')).toBeVisible();
  await ada.signIn(admin);
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await ada.expectSignedIn();
  await ada.expectLikes(0, false);
});

test('a like counts once, survives a reload and can be taken back', async ({ page }) => {
  const ada = new Visitor(page, true);
  await ada.comesAs(admin);
  await page.goto(photo);
  await (await ada.ready(ada.like)).click();
  await ada.expectLikes(1, true);
  await page.waitForLoadState('networkidle');
  await page.reload();
  await ada.expectLikes(1, true);
  await (await ada.ready(ada.like)).click();
  await ada.expectLikes(0, false);
  await page.waitForLoadState('networkidle');
  await page.reload();
  await ada.expectLikes(0, false);
});

test('a comment appears without a reload and is there after one', async ({ page }) => {
  const ada = new Visitor(page, true);
  await ada.comesAs(admin);
  await page.goto(photo);
  let navigations = 0;
  page.on('framenavigated', () => navigations++);
  const words = 'What a light! <b>Really</b>';
  await ada.send(ada.form('comment.add'), { content: words });
  await expect(page.locator('main li, main article').filter({ hasText: words }).first()).toContainText(admin.username);
  await expect(ada.form('comment.add').locator('[name="content"]')).toHaveValue('');
  expect(navigations, 'the page stayed').toBe(0);
  await page.reload();
  await expect(page.locator('main p').filter({ hasText: words })).toHaveCount(1);
});

test('what is no picture is refused in words, the others go on', async ({ page, browser }) => {
  const mei = new Visitor(page, true);
  await mei.comesAs(member);
  await page.goto('/upload');
  const letter = textNamedJpg();
  const cut = await truncatedJpeg(browser);
  const good = png('good.png', 300, 200);
  await mei.choose([letter, cut, good]);
  await mei.expectAdded(good);
  for (const file of [letter, cut]) {
    await expect(mei.row(file), file.name).toContainText(/\b(picture|image|JPEG|file)\b.*\./i);
    await expect(mei.row(file), file.name).not.toContainText('Added');
  }
});

test('an upload that the network broke can be tried again', async ({ page, complaints }) => {
  complaints.allow(/^failed PUT /);
  const mei = new Visitor(page, true);
  await mei.comesAs(member);
  await page.goto('/upload');
  await page.route(
    () => true,
    (route) => (route.request().method() === 'PUT' ? route.abort('connectionreset') : route.fallback()),
  );
  const file = png('second-try.png', 300, 200, 60);
  await mei.choose([file]);
  const again = mei.row(file).getByRole('button', { name: /again|retry/i });
  await expect(again).toBeVisible();
  await expect(mei.row(file)).not.toContainText('Added');
  await page.unrouteAll();
  await again.click();
  await mei.expectAdded(file);
});
