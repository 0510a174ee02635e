// From page to page: what the browser fetches before a link is followed, and for whom it does not.

import type { Locator, Page } from '@playwright/test';
import { expect, isAhead, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'prefetch' });

let scene: Scene;
let wall = '';
let photo = '';

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  wall = `/gallery/${scene.open.slug}`;
  photo = `/photos/${scene.open.imageIds[0]}`;
});

const pathOf = (url: string): string => new URL(url).pathname;

/** What comes before anybody has followed a link to it: status and path of each. */
function ahead(page: Page): string[] {
  const came: string[] = [];
  page.on('response', (response) => {
    if (isAhead(response.request())) {
      came.push(`${response.status()} ${pathOf(response.url())}`);
    }
  });
  return came;
}

const RULES = 'script[type="speculationrules"]';

/** Opens a page as a visitor, which says what links may be fetched ahead. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator(RULES)).toBeAttached();
}

/** Rests the pointer on a link until its page has come. */
async function restsOn(link: Locator, came: string[], path: string): Promise<void> {
  await expect(async () => {
    await link.page().mouse.move(0, 0);
    await link.hover();
    await expect.poll(() => came, { timeout: 2_000 }).toContain(`200 ${path}`);
  }).toPass();
}

const pictureLink = (page: Page): Locator => page.locator(`main a[href="${photo}"]`);

const signInLink = (page: Page): Locator => page.locator('header').getByRole('link', { name: 'Sign in' });

/** How the page that is open came: `navigational-prefetch` if it was there already (Navigation Timing). */
const delivery = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as (PerformanceEntry & { deliveryType: string })[];
    return navigation?.deliveryType ?? 'unknown';
  });

test('the page of a picture is there when its link is followed after the pointer has rested on it', async ({ page }) => {
  const came = ahead(page);
  await open(page, wall);
  await restsOn(pictureLink(page), came, photo);
  await pictureLink(page).click();
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await expect(new Visitor(page, true).picture).toBeVisible();
  expect(await delivery(page)).toBe('navigational-prefetch');
  expect(came.filter((answer) => answer.endsWith(photo)), 'it came once').toHaveLength(1);
});

test('what is no public page waits until its link is followed', async ({ page }) => {
  const came = ahead(page);
  await open(page, wall);
  for (const link of [signInLink(page), page.locator('footer a[href="/developers"]')]) {
    await link.hover();
    await page.waitForTimeout(600);
  }
  await restsOn(pictureLink(page), came, photo);
  expect(came.filter((answer) => /\/(login|developers)$/.test(answer))).toEqual([]);
});

test('nothing is fetched ahead for a member, who would miss what they did meanwhile', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  const came = ahead(page);
  await page.goto(wall);
  await expect(page.locator(RULES)).not.toBeAttached();
  await pictureLink(page).hover();
  await page.waitForTimeout(600);
  await pictureLink(page).click();
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await new Visitor(page, true).expectSignedIn();
  expect(came).toEqual([]);
  expect(await delivery(page)).not.toBe('navigational-prefetch');
});

test('who signs in is shown no page that was fetched for a visitor', async ({ page }) => {
  const came = ahead(page);
  await open(page, wall);
  await restsOn(pictureLink(page), came, photo);
  const olga = new Visitor(page, true);
  await signInLink(page).click();
  await olga.signInHere(scene.owner);
  await pictureLink(page).click();
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  await olga.expectSignedIn();
  expect(await delivery(page)).not.toBe('navigational-prefetch');
});
