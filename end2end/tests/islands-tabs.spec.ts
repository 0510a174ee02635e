// Tabs of one browser agree: on who is signed in, and on what that one likes.

import type { BrowserContext, Page } from '@playwright/test';
import { Account, person } from './account.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor, likedBesideASleepingTab } from './visitor.ts';

test.use({ story: 'islands-tabs' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

/** Two tabs with the same picture, both awake. */
async function two(page: Page, context: BrowserContext, photo: string): Promise<[Visitor, Visitor]> {
  const tabs: [Visitor, Visitor] = [new Visitor(page, true), new Visitor(await context.newPage(), true)];
  for (const tab of tabs) {
    await tab.page.goto(photo);
    await tab.ready(tab.like);
  }
  return tabs;
}

test('a like and a favourite in one tab show in another', async ({ page, context }) => {
  await scene.account.sitsAt(context);
  const [here, there] = await two(page, context, `/photos/${scene.open.imageIds[1]}`);
  await here.like.click();
  await here.expectLikes(1, true);
  await there.expectLikes(1, true);
  const star = (tab: Visitor) => tab.page.getByRole('button', { name: 'Favourite' });
  await star(there).click();
  await expect(star(here)).toHaveAttribute('aria-pressed', 'true');
  await there.like.click();
  await here.expectLikes(0, false);
  await expect(star(here), 'what else was changed stays').toHaveAttribute('aria-pressed', 'true');
});

test('a comment in one tab is counted in another', async ({ page, context }) => {
  await scene.account.sitsAt(context);
  const [here, there] = await two(page, context, `/photos/${scene.open.imageIds[2]}`);
  await here.send(here.form('comment.add'), { content: 'Heard next door' });
  await expect(there.page.locator('main').getByRole('link', { name: '1 comment' })).toBeVisible();
});

test('a tab that slept finds what was done when it is touched', async ({ page, context }) => {
  await scene.account.sitsAt(context);
  const photo = `/photos/${scene.open.imageIds[3]}`;
  const { sleeping } = await likedBesideASleepingTab(page, photo);
  await sleeping.ready(sleeping.like);
  await sleeping.expectLikes(1, true);
});

test('signing in and out in one tab shows in another', async ({ page, context, program }) => {
  const mei = person('Mei');
  await new Account(program).register(mei);
  const [here, there] = await two(page, context, `/photos/${scene.open.imageIds[1]}`);
  await here.like.click();
  await here.signInHere(mei);
  await there.expectSignedIn();
  await expect(there.form('comment.add')).toBeVisible();
  await here.signOut();
  await there.expectSignedOut();
  await expect(there.page.getByRole('link', { name: 'Sign in to like' })).toBeVisible();
});
