// The pictures of a gallery are put in order by buttons, by the keyboard and by dragging.

import type { Page } from '@playwright/test';
import { expectAccessible } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands-gallery' });
test.describe.configure({ mode: 'serial' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

/** Opens the editor and waits until its pictures can be moved. */
async function edit(page: Page): Promise<Visitor> {
  await scene.account.sitsAt(page.context());
  await page.goto(`/dashboard/galleries/${scene.open.galleryId}`);
  await page.locator('[data-order-of]').scrollIntoViewIfNeeded();
  await expect(page.locator('leptos-island:has([data-order-of])').last()).toHaveAttribute('data-hydrated');
  return new Visitor(page, true);
}

/** The titles in the order the page shows, and then in the one the server has. */
async function expectOrder(page: Page, titles: string[]): Promise<void> {
  const boxes = page.locator('[data-order-of] input[type="checkbox"]');
  await expect.poll(() => boxes.evaluateAll((all) => all.map((box) => box.getAttribute('aria-label')))).toEqual(titles);
  const kept = async () => {
    type Answer = { pictures: { title: string }[] };
    const { pictures } = await scene.account.call<Answer>('gallery.get', { galleryId: scene.open.galleryId });
    return pictures.map(({ title }) => title);
  };
  await expect.poll(kept).toEqual(titles);
}

test('a picture is moved by its buttons, with the mouse and with the keyboard', async ({ page }) => {
  const owner = await edit(page);
  await expectOrder(page, ['landscape', 'portrait', 'square', 'wide', 'tall']);
  await expectAccessible(page);
  const later = page.getByRole('button', { name: 'Move landscape later' });
  await later.click();
  await owner.expectSaid('Place 2 of 5.');
  await expect(later).toBeFocused();
  await page.keyboard.press('Enter');
  await expectOrder(page, ['portrait', 'square', 'landscape', 'wide', 'tall']);
  await page.getByRole('button', { name: 'Move portrait earlier' }).click();
  await owner.expectSaid('There is no place beyond it on this page.');
  await expectOrder(page, ['portrait', 'square', 'landscape', 'wide', 'tall']);
});

test('a picture is dragged to another place', async ({ page }) => {
  await edit(page);
  const tile = (title: string) => page.locator('[data-order-of] li').filter({ has: page.getByLabel(title, { exact: true }) });
  await tile('portrait').dragTo(tile('landscape'));
  await expectOrder(page, ['square', 'landscape', 'portrait', 'wide', 'tall']);
  await tile('tall').dragTo(tile('square'));
  await expectOrder(page, ['tall', 'square', 'landscape', 'portrait', 'wide']);
});

test('an order that is not kept is taken back', async ({ page, complaints }) => {
  complaints.allow(/^failed POST .*\/gallery\.setOrder/);
  const owner = await edit(page);
  await page.route('**/api/rpc/gallery.setOrder', (route) => route.abort('connectionreset'));
  await page.getByRole('button', { name: 'Move tall later' }).click();
  await owner.expectSaid('The server could not be reached.');
  await expectOrder(page, ['tall', 'square', 'landscape', 'portrait', 'wide']);
});
