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
});

/** Every page by name; those of members need one signed in. */
const pages = {
  visitor: {
    home: () => '/',
    about: () => '/about',
    developers: () => '/developers',
    'sign-in': () => '/login',
    registration: () => '/register',
    gallery: () => `/gallery/${scene.open.slug}`,
    photo: () => `/photos/${scene.open.imageIds[0]}`,
  },
  member: {
    home: () => '/',
    gallery: () => `/gallery/${scene.open.slug}`,
    'private gallery': () => `/gallery/${scene.closed.slug}`,
    photo: () => `/photos/${scene.open.imageIds[0]}`,
    dashboard: () => '/dashboard',
    'gallery editing': () => `/dashboard/galleries/${scene.open.galleryId}`,
    upload: () => '/upload',
  },
};

for (const [who, those] of Object.entries(pages)) {
  for (const [name, path] of Object.entries(those)) {
    test(`the ${name} page holds its promises for a ${who}`, async ({ page }) => {
      if (who === 'member') {
        await new Visitor(page, true).comesAs(scene.owner);
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

test('the page of the one-time link is valid', async () => {
  await expectValid(setup, '/setup');
  expect(setup).toContain('name="setupToken"');
});

test('an address that is not there answers 404 with a page', async ({ page, complaints }) => {
  complaints.allow(/^404 GET /);
  for (const path of ['/not-here', '/gallery/not-here', '/photos/nothere', '/gallery/a/b']) {
    const answer = await page.goto(path);
    expect.soft(answer?.status(), path).toBe(404);
    await expectValid((await answer?.text()) ?? '', path);
  }
  await expectAccessible(page);
  await expect(page.locator('main a[href="/"]').first(), 'a way out').toBeVisible();
});

test('members’ pages send a visitor to the sign-in page and back', async ({ page }) => {
  for (const path of ['/dashboard', '/upload', `/dashboard/galleries/${scene.open.galleryId}`]) {
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

test('the photo page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, `/photos/${scene.open.imageIds[1]}`)).toBeLessThan(0.02);
});
