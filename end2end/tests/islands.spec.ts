// What islands cost a visitor: nothing to look, and one download at the first touch, which is not lost.

import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands' });

let scene: Scene;
/** A picture that nobody likes yet and nothing is said of. */
let photo = '';

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  photo = `/photos/${scene.open.imageIds[1]}`;
});

const isModule = (url: URL): boolean => url.pathname.endsWith('.wasm');

test('looking and scrolling load no WebAssembly', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(photo);
  await page.mouse.move(600, 300);
  await page.mouse.wheel(0, 5_000);
  await page.waitForTimeout(2_500);
  expect(asked.filter((path) => path.endsWith('.wasm'))).toEqual([]);
  expect(asked.filter((path) => /^\/wake\.[0-9a-f]{16}\.js$/.test(path))).toHaveLength(1);
});

test('a like and a comment that come before the islands count once', async ({ page }) => {
  await scene.account.sitsAt(page.context());
  let open = () => {};
  const gate = new Promise<void>((opened) => (open = opened));
  await page.route(isModule, async (route) => {
    await gate;
    await route.continue();
  });
  const member = new Visitor(page, true);
  await page.goto(photo);
  await member.like.click();
  const form = member.form('comment.add');
  await form.locator('[name="content"]').fill('Said before it could be heard');
  await form.locator('button[type="submit"]').click();
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(new RegExp(`${photo}$`));
  open();
  await member.expectLikes(1, true);
  await expect(page.locator('#comments li').filter({ hasText: 'Said before' })).toHaveCount(1);
  await expect(page.locator('main').getByRole('link', { name: '1 comment' })).toBeVisible();
  await expect(page, 'without leaving the page').toHaveURL(new RegExp(`${photo}$`));
  await page.reload();
  await member.expectLikes(1, true);
});

test('without the islands a like is a form', async ({ page, complaints }) => {
  complaints.allow(/^failed GET .*\.wasm/);
  await scene.account.sitsAt(page.context());
  await page.route(isModule, (route) => route.abort('connectionreset'));
  const member = new Visitor(page, true);
  await page.goto(photo);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await member.like.click();
  await answer;
  await member.expectLikes(0, false);
});
