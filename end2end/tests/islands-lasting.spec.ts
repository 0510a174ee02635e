// What lasts: a press as it was meant, what was typed and the order of pictures, whatever other tabs, an ended session
// or a lost answer do meanwhile. What does not: a member's pages, once that one has signed out.

import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Account, person } from './account.ts';
import { expect, test } from './console.ts';
import { png } from './pictures.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor, likedBesideASleepingTab } from './visitor.ts';

test.use({ story: 'islands-lasting' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

test('the press that wakes a tab counts by what that tab showed', async ({ page, context }) => {
  await scene.account.sitsAt(context);
  const photo = `/photos/${scene.open.imageIds[1]}`;
  const { here, sleeping } = await likedBesideASleepingTab(page, photo);

  const answer = sleeping.page.waitForResponse((response) => response.url().endsWith('/api/rpc/image.like'));
  await sleeping.like.click();
  await answer;
  await sleeping.expectLikes(1, true);
  for (const tab of [here, sleeping]) {
    await tab.page.reload();
    await tab.expectLikes(1, true);
  }
});

test('a tab that another site led to wipes nothing in the others', async ({ page, context, program }) => {
  const photo = `/photos/${scene.open.imageIds[0]}`;
  const elsewhere = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<title>Elsewhere</title><a href="${program.url}${photo}">A photo</a>`);
  });
  await new Promise<void>((listening) => elsewhere.listen(0, 'localhost', listening));
  // By the form, so that the browser has the cookie as the server sets it: other sites' links come without.
  const here = new Visitor(page, true);
  await here.comesAs(scene.owner);
  await page.goto('/dashboard');
  await here.ready(page.locator('header summary'));
  const name = here.form('gallery.create').locator('[name="name"]');
  await name.fill('Thought about for long');

  const there = new Visitor(await context.newPage(), true);
  await there.page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
  await there.page.getByRole('link', { name: 'A photo' }).click();
  await expect(there.page).toHaveURL(`${program.url}${photo}`);
  await there.expectSignedOut();
  await there.ready(there.like);
  await there.expectSignedIn();
  await expect(name).toHaveValue('Thought about for long');
  await here.expectSignedIn();
  await new Promise((closed) => elsewhere.close(closed).closeAllConnections());
});

test('a comment that is being edited outlives the session', async ({ page, program, complaints }) => {
  complaints.allow(/^401 POST .*\/photos\//);
  const account = new Account(program);
  const mei = person('Mei');
  await account.register(mei);
  const imageId = scene.open.imageIds[2];
  await account.call('comment.add', { imageId, content: 'First words.' });
  await account.sitsAt(page.context());
  const member = new Visitor(page, true);
  await page.goto(`/photos/${imageId}`);
  await page.getByText('Edit the comment of Mei').click();
  const edit = member.form('comment.edit');
  const box = edit.getByLabel('What it says');
  await member.ready(box);
  await box.fill('Second, much longer words.');
  await account.call('user.logout', {});

  await edit.getByRole('button').click();
  await member.expectSaid('You are signed out.');
  await member.expectSignedOut();
  await expect(box).toHaveValue('Second, much longer words.');
  await page.locator('#comments').getByRole('link', { name: 'Sign in' }).click();
  await member.signInHere(mei);
  await expect(box).toHaveValue('Second, much longer words.');
  await edit.getByRole('button').click();
  await expect(member.comment('Second, much longer words.').locator('p').filter({ hasText: 'edited' })).toBeVisible();
});

test('a page that cannot be asked for anew stays as it is', async ({ page, context, complaints }) => {
  complaints.allow(/^failed GET .*\/photos\//);
  const there = new Visitor(await context.newPage(), true);
  await there.comesAs(scene.owner);
  await page.goto(`/photos/${scene.open.imageIds[3]}`);
  const here = new Visitor(page, true);
  const box = page.getByLabel('Your comment');
  await here.ready(box);
  await box.fill('Long thought about');
  let navigations = 0;
  page.on('framenavigated', () => navigations++);
  await page.route('**/photos/*', (route) => route.abort('connectionreset'));

  await there.signOut();
  await here.expectSaid('The server could not be reached.');
  await expect(box).toHaveValue('Long thought about');
  expect(navigations, 'the page stayed').toBe(0);
});

test('an upload whose last answer is lost becomes one picture', async ({ page, complaints }) => {
  complaints.allow(/^failed POST .*\/image\.confirmUpload/);
  await scene.account.sitsAt(page.context());
  const owner = new Visitor(page, true);
  const file = png('once.png', 300, 200, 12);
  await page.goto('/upload');
  await page.route(
    '**/api/rpc/image.confirmUpload',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await owner.choose([file]);
  await expect(owner.row(file)).toContainText('could not be reached');
  await owner.row(file).getByRole('button', { name: 'Retry' }).click();
  await owner.expectAdded(file);
  await page.goto('/dashboard');
  await expect(page.locator('#pictures').getByRole('link', { name: 'once', exact: true })).toHaveCount(1);
});

test('a comment that was changed keeps its place when more are loaded', async ({ page }) => {
  const imageId = scene.open.imageIds[4];
  const said: string[] = [];
  for (let number = 0; number < 52; number++) {
    // By turns: one member alone may not write that many.
    const account = number % 2 === 0 ? scene.admin : scene.account;
    said.push(`Comment ${number}.`);
    await account.call('comment.add', { imageId, content: `Comment ${number}.` });
  }
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, true);
  await page.goto(`/photos/${imageId}`);
  const all = page.locator('#comments li');
  await all.nth(5).getByText('Edit the comment of Olga').click();
  await olga.send(all.nth(5).locator(olga.form('comment.edit')), { content: 'Comment 5, changed.' });
  said[5] = 'Comment 5, changed.';
  await expect(all.nth(5).locator('p').filter({ hasText: 'edited' })).toBeVisible();
  await page.getByRole('link', { name: 'Load more (2)' }).click();
  await expect(all).toContainText(said);
});

test('a picture that is not let go among the others stays where it was', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  await page.goto(`/dashboard/galleries/${scene.open.galleryId}`);
  await page.locator('[data-order-of]').scrollIntoViewIfNeeded();
  await expect(page.locator('leptos-island:has([data-order-of])').last()).toHaveAttribute('data-hydrated');
  const order = () => titles(page);
  const before = await order();
  const tiles = page.locator('[data-order-of] > li');
  const hold = async () => {
    await tiles.nth(0).hover();
    await page.mouse.down();
    // The first move begins it, the second is over the other picture.
    await tiles.nth(2).hover();
    await tiles.nth(2).hover();
    await expect.poll(order, 'while it is held').not.toEqual(before);
  };

  await hold();
  await page.keyboard.press('Escape');
  await expect.poll(order, 'given up').toEqual(before);
  await page.mouse.up();
  await hold();
  await page.mouse.move(2, 2);
  await page.mouse.up();
  await expect.poll(order, 'let go elsewhere').toEqual(before);
  await page.reload();
  expect(await order(), 'nothing else was kept').toEqual(before);
});

/** The titles of a gallery's pictures, in the order its editor shows. */
function titles(page: Page): Promise<(string | null)[]> {
  const boxes = page.locator('[data-order-of] input[type="checkbox"]');
  return boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')));
}

test('a cookie of another program signs nobody out', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, true);
  await page.goto('/about');
  await page.evaluate(() => (document.cookie = 'who=Zoë; path=/'));
  await page.reload();
  await olga.expectSignedIn();
});

test('whoever has signed out is not led back to pages of a member', async ({
  playwright,
  launchOptions,
  program,
  complaints,
}) => {
  // Browsers keep pages as they were left, to lead back to. Playwright has them keep none unless told otherwise.
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs });
  const context = await browser.newContext({ baseURL: program.url });
  complaints.listen(context);
  const page = await context.newPage();
  const olga = new Visitor(page, true);
  await olga.comesAs(scene.owner);
  const photo = `/photos/${scene.open.imageIds[0]}`;
  await page.goto(photo);
  await expect(olga.form('image.like')).toBeVisible();
  await page.locator('header').getByRole('link').first().click();
  await page.locator('footer').getByRole('link', { name: 'About' }).click();
  await expect(page).toHaveURL(`${program.url}/about`);
  await olga.signOut();
  await expect(page).toHaveURL(`${program.url}/`);
  for (const path of ['/about', '/', photo]) {
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL(program.url + path);
    await expect(page.locator('header').getByRole('link', { name: 'Sign in' })).toBeVisible();
    await olga.expectSignedOut();
  }
  await expect(olga.form('image.like')).toHaveCount(0);
  await browser.close();
});
