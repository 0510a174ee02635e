// The whole line with scripts turned off: the same things through plain forms.

import { person } from './account.ts';
import { expect, test } from './console.ts';
import { landscape, png, portrait, textNamedJpg } from './pictures.ts';
import { Visitor, expectThreeShapes, shape } from './visitor.ts';

test.use({ story: 'whole-line-no-script' });
test.describe.configure({ mode: 'serial' });

const admin = person('Ada');
const member = person('Mei');
const gallery = { galleryId: '', slug: '' };
let photo = '';

test('the one-time link makes the admin account, once', async ({ page, program, complaints, stranger }) => {
  complaints.allow(/^4\d\d GET .*\/setup/);
  const ada = new Visitor(page, false);
  await page.goto(program.adminLink);
  await ada.register(admin);
  await ada.expectSignedIn();
  await ada.signOut();

  const late = new Visitor(await (await stranger()).newPage(), false);
  await late.page.goto(program.adminLink);
  await expect(late.form('user.register').locator('[name="setupToken"]')).toHaveCount(0);
});

test('a taken name is said beside its field, and what was typed stays', async ({ page, complaints }) => {
  complaints.allow(/^4\d\d POST .*\/register/);
  const mei = new Visitor(page, false);
  await page.goto('/register');
  await mei.register({ ...member, username: admin.username.toUpperCase() });

  const form = mei.form('user.register');
  await expect(form.locator('[name="username"]')).toHaveValue(admin.username.toUpperCase());
  await expect(form.locator('[name="email"]')).toHaveValue(member.email);
  await expect(form.locator('[name="password"]'), 'a password is never sent back').toHaveValue('');
  await expectSaidOf(form.locator('[name="username"]'), /taken/i);

  await mei.register(member);
  await mei.expectSignedIn();
});

test('a wrong password is told; the address typed and the way back stay', async ({ page, complaints }) => {
  complaints.allow(/^4\d\d POST .*\/login/);
  const mei = new Visitor(page, false);
  await page.goto('/login?next=/about');
  await mei.signIn({ email: member.email, password: 'not this one' });
  await expect(page.locator('main')).toContainText(/password is wrong/i);
  await expect(mei.form('user.login').locator('[name="email"]')).toHaveValue(member.email);
  await mei.expectSignedOut();
  await mei.signIn(member);
  await mei.expectSignedIn();
  await expect(page).toHaveURL(/\/about$/);
});

test('a member makes a public gallery and uploads three pictures into it', async ({ page, browser }) => {
  const mei = new Visitor(page, false);
  await mei.comesAs(member);
  Object.assign(gallery, await mei.makeGallery('Winter light', true));

  await page.goto('/upload');
  const form = page.locator('form[enctype="multipart/form-data"]');
  await form.locator('select[name="galleryId"]').selectOption(gallery.galleryId);
  await mei.choose([await landscape(browser), await portrait(browser), png('square.png', 700, 700)]);
  await form.locator('button[type="submit"]').click();
  await expect(page).toHaveURL(/\/dashboard/);
});

test('anyone sees the gallery, each picture in its own shape', async ({ page }) => {
  await page.goto(`/gallery/${gallery.slug}`);
  await expectThreeShapes(page);
  await page.locator('main a[href^="/photos/"]').filter({ has: page.getByAltText('portrait') }).click();
  await expect(page).toHaveURL(/\/photos\/\w+$/);
  photo = new URL(page.url()).pathname;
  expect(await shape(new Visitor(page, false).picture)).toMatchObject({ width: 800, height: 1200 });
});

test('liking asks a visitor to sign in and leads back to the picture', async ({ page }) => {
  const ada = new Visitor(page, false);
  await page.goto(photo);
  await ada.like.click();
  await ada.signIn(admin);
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await ada.expectSignedIn();
});

test('likes and comments work as forms', async ({ page }) => {
  const ada = new Visitor(page, false);
  await ada.comesAs(admin);
  await page.goto(photo);
  await ada.expectLikes(0, false);
  await ada.like.click();
  await expect(page).toHaveURL(new RegExp(`${photo}(#.*)?$`));
  await ada.expectLikes(1, true);
  await ada.like.click();
  await ada.expectLikes(0, false);

  const words = 'Written without a script. <i>Yes</i>';
  await ada.send(ada.form('comment.add'), { content: words });
  await expect(page).toHaveURL(new RegExp(`${photo}(#.*)?$`));
  await expect(page.locator('main p').filter({ hasText: words })).toHaveCount(1);
});

test('what is no picture is refused in words', async ({ page, complaints }) => {
  complaints.allow(/^4\d\d POST .*\/upload/);
  const mei = new Visitor(page, false);
  await mei.comesAs(member);
  await page.goto('/upload');
  await mei.choose([textNamedJpg()]);
  await page.locator('form[enctype="multipart/form-data"] button[type="submit"]').click();
  await expect(page.locator('main')).toContainText('letter.jpg');
  await expect(page.locator('main')).toContainText(/\b(not|no|cannot)\b[^.]*\b(picture|image|JPEG)\b/i);
});

/** Words tied to a field, as assistive technology finds them. */
async function expectSaidOf(field: ReturnType<Visitor['form']>, words: RegExp): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(words);
}
