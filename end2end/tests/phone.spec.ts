// On a phone, 390 pixels wide: nothing sticks out, nothing moves.

import { Account, person } from './account.ts';
import { expectNoSidewaysScroll, layoutShift } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'phone' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  // Names as long as they may be.
  await new Account(program).register(person('M'.repeat(32)));
  const { email, password } = scene.owner;
  await scene.account.request('/api/rpc', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'x'.repeat(200) },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'user.login', params: { email, password }, id: 1 }),
  });
  await scene.account.call('token.create', { name: 'W'.repeat(100), scopes: ['read', 'pictures', 'galleries', 'social'] });
  await scene.account.call('share.create', { galleryId: scene.closed.galleryId });
});

test('no public page scrolls sideways', async ({ page }) => {
  const { slug, imageIds } = scene.open;
  const others = ['/', '/about', '/developers', '/login', '/register', '/search', '/search?q=s', '/tags/sea'];
  for (const path of [...others, `/gallery/${slug}`, ...imageIds.map((id) => `/photos/${id}`)]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
});

test('no page of a member scrolls sideways', async ({ page }) => {
  await new Visitor(page, true).comesAs(scene.owner);
  const { galleryId, imageIds } = scene.open;
  for (const path of ['/dashboard', `/dashboard/galleries/${galleryId}`, '/upload', `/photos/${imageIds[0]}`, '/account', '/favourites']) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
});

test('all that may be done with a picture stands in one row', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  await page.goto(`/photos/${scene.open.imageIds[0]}`);
  const main = page.locator('main');
  const actions = [
    main.getByRole('button', { name: 'Like', exact: true }),
    main.getByRole('link', { name: /\d comment/ }),
    main.getByRole('button', { name: 'Share', exact: true }),
    main.getByRole('button', { name: 'Favourite', exact: true }),
    main.locator('summary').filter({ hasText: 'Download' }),
    main.locator('summary').filter({ hasText: 'Add to gallery' }),
  ];
  const tops = new Set<number | undefined>();
  for (const action of actions) {
    await expect(action).toBeVisible();
    const box = await action.boundingBox();
    tops.add(box ? Math.round(box.y) : undefined);
  }
  expect([...tops], 'where the actions begin').toHaveLength(1);
});

test('nothing sticks out when the menus of a picture are open', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  await page.goto(`/photos/${scene.open.imageIds[3]}`);
  for (const name of ['Download', 'Add to gallery']) {
    await new Visitor(page, true).menu(name).click();
    await expectNoSidewaysScroll(page);
    const box = await page.locator('details[data-menu][open] > div').last().boundingBox();
    expect(box?.x, `${name} begins within the window`).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
  }
});

test('the sign-in dialog fits', async ({ page }) => {
  await page.goto(`/photos/${scene.open.imageIds[3]}`);
  await page.locator('header').getByRole('link', { name: 'Sign in' }).click();
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('nothing sticks out when the menu is open', async ({ page }) => {
  const long = new Visitor(page, true);
  await long.comesAs(person('M'.repeat(32)));
  await long.openMenu();
  await expectNoSidewaysScroll(page);
});

test('managing the site does not scroll sideways', async ({ page }) => {
  await scene.admin.sitsAt(page.context());
  await page.goto('/admin');
  await expectNoSidewaysScroll(page);
  for (const summary of await page.locator('main summary').all()) {
    await summary.click();
  }
  await expectNoSidewaysScroll(page);
});

test('a page that is not there does not scroll sideways', async ({ page, complaints }) => {
  complaints.allow(/^404 GET /);
  await page.goto('/not-here');
  await expectNoSidewaysScroll(page);
});

test('the gallery page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, `/gallery/${scene.open.slug}`)).toBeLessThan(0.02);
});
