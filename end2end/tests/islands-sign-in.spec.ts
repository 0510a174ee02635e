// Signing in by the dialog: the menu, the actions and the comment box become a member's, and the page stays.

import { Account, person } from './account.ts';
import { expectAccessible } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands-sign-in' });

let scene: Scene;
/** A picture that nobody likes yet and nothing is said of. */
let photo = '';

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  photo = `/photos/${scene.open.imageIds[1]}`;
});

test('signing in changes the menu, the actions and the comment box without a reload', async ({ page, complaints }) => {
  complaints.allow(/^401 POST .*\/api\/rpc\/user\.login$/);
  const olga = new Visitor(page, true);
  await page.goto(photo);
  await expect(olga.form('image.like')).toHaveCount(0);
  let navigations = 0;
  page.on('framenavigated', () => navigations++);

  // Pressed before anything is awake.
  await olga.like.click();
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await expect(dialog.getByLabel('E-mail')).toBeFocused();
  await expectAccessible(page);
  await olga.signIn({ email: scene.owner.email, password: 'not this one' });
  await expect(dialog.getByRole('alert').filter({ hasText: /password is wrong/i })).toBeVisible();
  await expect(dialog.getByLabel('E-mail')).toHaveValue(scene.owner.email);

  await olga.signIn(scene.owner);
  await expect(dialog).toBeHidden();
  await olga.expectSignedIn();
  await olga.expectSaid('Signed in as Olga.');
  await olga.expectLikes(0, false);
  await expect(page.getByRole('button', { name: 'Like', exact: true }), 'in place of the link').toBeFocused();
  await expect(page.getByRole('button', { name: 'Favourite' })).toBeVisible();
  await expect(olga.form('comment.add')).toBeVisible();
  await expect(olga.form('image.update'), 'what owners may do').toBeAttached();

  await page.getByRole('button', { name: 'Like', exact: true }).click();
  await olga.expectLikes(1, true);
  await olga.send(olga.form('comment.add'), { content: 'Said without leaving' });
  await expect(olga.comment('Said without leaving')).toHaveCount(1);
  await olga.openMenu();
  await expect(page.locator('header').getByRole('link', { name: 'Favourites' })).toBeVisible();
  expect(navigations, 'the page stayed').toBe(0);
  await page.reload();
  await olga.expectLikes(1, true);
});

test('the dialog closes by Escape and by its button, and leads back to its link', async ({ page }) => {
  await page.goto(photo);
  const link = page.locator('header').getByRole('link', { name: 'Sign in' });
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await link.click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
  await link.press('Enter');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
});

test('what is typed outlives a session that has ended', async ({ page, program, complaints }) => {
  complaints.allow(/^401 POST .*\/photos\//);
  const account = new Account(program);
  const mei = person('Mei');
  await account.register(mei);
  await account.sitsAt(page.context());
  const member = new Visitor(page, true);
  await page.goto(photo);
  const box = page.getByLabel('Your comment');
  await member.ready(box);
  await box.fill('Long thought about');
  await account.call('user.logout', {});

  await member.form('comment.add').getByRole('button').click();
  await member.expectSaid('You are signed out.');
  await expect(box).toHaveCount(0);
  await member.expectSignedOut();
  await page.locator('#comments').getByRole('link', { name: 'Sign in' }).click();
  await member.signInHere(mei);
  await expect(box).toHaveValue('Long thought about');
  await expect(box).toBeFocused();
  await member.form('comment.add').getByRole('button').click();
  await expect(member.comment('Long thought about')).toHaveCount(1);
});

test('on a page without islands of its own the rest of it changes too', async ({ page }) => {
  await page.goto(`/gallery/${scene.open.slug}`);
  const edit = page.getByRole('link', { name: 'Edit gallery' });
  await expect(edit).toHaveCount(0);
  await page.locator('header').getByRole('link', { name: 'Sign in' }).click();
  await new Visitor(page, true).signInHere(scene.owner);
  await expect(edit).toBeVisible();
});

test('without the islands the links lead to the sign-in page', async ({ page, complaints }) => {
  complaints.allow(/^failed GET .*\.wasm/);
  await page.route(
    (url) => url.pathname.endsWith('.wasm'),
    (route) => route.abort('connectionreset'),
  );
  await page.goto(photo);
  await new Visitor(page, true).like.click();
  await expect(page).toHaveURL(/\/login\?next=\/photos\//);
});
