// On a phone, 390 pixels wide: nothing sticks out, nothing moves.

import { expectNoSidewaysScroll, layoutShift } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'phone' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

test('no public page scrolls sideways', async ({ page }) => {
  const { slug, imageIds } = scene.open;
  for (const path of ['/', '/about', '/developers', '/login', '/register', `/gallery/${slug}`, ...imageIds.map((id) => `/photos/${id}`)]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
});

test('no page of a member scrolls sideways', async ({ page }) => {
  await new Visitor(page, true).comesAs(scene.owner);
  for (const path of ['/dashboard', `/dashboard/galleries/${scene.open.galleryId}`, '/upload', `/photos/${scene.open.imageIds[0]}`]) {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
  }
});

test('a page that is not there does not scroll sideways', async ({ page, complaints }) => {
  complaints.allow(/^404 GET /);
  await page.goto('/not-here');
  await expectNoSidewaysScroll(page);
});

test('the gallery page does not move while it loads', async ({ page }) => {
  expect(await layoutShift(page, `/gallery/${scene.open.slug}`)).toBeLessThan(0.02);
});
