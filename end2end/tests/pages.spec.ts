// Every page: accessible, valid, steady, and nothing in the console.

import { expectAccessible, expectValid, layoutShift } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'pages' });

let scene: Scene;
let setup = '';

test.beforeAll(async ({ program, browser }) => {
  // Looked at before the scene spends it: the only page that a link can end.
  setup = await (await fetch(program.adminLink)).text();
  scene = await setScene(program, browser);
  await scene.account.call('share.create', { galleryId: scene.closed.galleryId, password: 'a secret word' });
  await scene.account.call('token.create', { name: 'Backup', scopes: ['read', 'pictures'], expiresIn: 86_400 });
  await scene.admin.call('invitation.create', {});
});

/** Every page by name; those of members and admins need one signed in. */
const pages = {
  visitor: {
    home: () => '/',
    about: () => '/about',
    developers: () => '/developers',
    'sign-in': () => '/login',
    registration: () => '/register',
    gallery: () => `/gallery/${scene.open.slug}`,
    photo: () => `/photos/${scene.open.imageIds[0]}`,
    'photo links': () => `/photos/${scene.open.imageIds[0]}/links`,
    embedding: () => '/embed',
    search: () => '/search',
    'found pictures': () => '/search?q=sea',
    'pictures not found': () => '/search?q=nothing+like+it',
    tag: () => '/tags/%E5%86%AC',
  },
  member: {
    home: () => '/',
    gallery: () => `/gallery/${scene.open.slug}`,
    'private gallery': () => `/gallery/${scene.closed.slug}`,
    photo: () => `/photos/${scene.open.imageIds[0]}`,
    dashboard: () => '/dashboard',
    'gallery editing': () => `/dashboard/galleries/${scene.open.galleryId}`,
    upload: () => '/upload',
    favourites: () => '/favourites',
    account: () => '/account',
  },
  manager: {
    admin: () => '/admin',
    'found members': () => '/admin?q=ol',
    account: () => '/account',
  },
};

for (const [who, those] of Object.entries(pages)) {
  for (const [name, path] of Object.entries(those)) {
    test(`the ${name} page holds its promises for a ${who}`, async ({ page }) => {
      if (who !== 'visitor') {
        await (who === 'manager' ? scene.admin : scene.account).sitsAt(page.context());
      }
      const answer = await page.goto(path());
      expect(answer?.status()).toBe(200);
      await expectValid((await answer?.text()) ?? '', path());
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('html')).toHaveAttribute('lang', /\w/);
      await expectAccessible(page);
    });
  }
}

test('the menu opens without a script’s help', async ({ page }) => {
  await scene.admin.sitsAt(page.context());
  await page.goto('/');
  await new Visitor(page, true).openMenu();
  for (const [name, path] of Object.entries({ Account: '/account', Favourites: '/favourites', Admin: '/admin' })) {
    await expect(page.locator('header').getByRole('link', { name, exact: true })).toHaveAttribute('href', path);
  }
  await expectAccessible(page);
});

test('what is told once stands ready to be copied', async ({ page }) => {
  const member = new Visitor(page, true);
  await scene.account.sitsAt(page.context());
  await page.goto('/account');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await member.send(member.form('token.create'), { name: 'A program' });
  await expect(page.getByLabel('Your new token')).toHaveValue(/^tuku_\w{40}$/);
  await expectValid(await (await answer).text(), 'the answer with the token');
  await expectAccessible(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy “Your new token”' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.getByLabel('Your new token').inputValue());
});

test('the page of the one-time link is valid', async () => {
  await expectValid(setup, '/setup');
  expect(setup).toContain('name="setupToken"');
});

test('an address that is not there answers 404 with a page', async ({ page, complaints }) => {
  complaints.allow(/^404 GET /);
  for (const path of ['/not-here', '/gallery/not-here', '/photos/nothere', '/gallery/a/b', '/tags/not-here', '/admin']) {
    const answer = await page.goto(path);
    expect.soft(answer?.status(), path).toBe(404);
    await expectValid((await answer?.text()) ?? '', path);
  }
  await expectAccessible(page);
  await expect(page.locator('main a[href="/"]').first(), 'a way out').toBeVisible();
});

test('members’ pages send a visitor to the sign-in page and back', async ({ page }) => {
  for (const path of ['/account', '/favourites', '/dashboard', '/upload', `/dashboard/galleries/${scene.open.galleryId}`]) {
    await page.goto(path);
    const url = new URL(page.url());
    expect.soft([url.pathname, url.searchParams.get('next')], path).toEqual(['/login', path]);
  }
  await new Visitor(page, true).signIn(scene.owner);
  await expect(page).toHaveURL(/\/dashboard\/galleries\/\w+$/);
});

test('sign-in leads nowhere but to this site', async ({ page, baseURL }) => {
  await page.goto('/login?next=//example.com/');
  await new Visitor(page, true).signIn(scene.owner);
  await new Visitor(page, true).expectSignedIn();
  expect(new URL(page.url()).origin).toBe(baseURL);
});

test('the gallery page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, `/gallery/${scene.open.slug}`)).toBeLessThan(0.02);
});

test('the search page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, '/search?q=s')).toBeLessThan(0.02);
});

test('the photo page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, `/photos/${scene.open.imageIds[1]}`)).toBeLessThan(0.02);
});
