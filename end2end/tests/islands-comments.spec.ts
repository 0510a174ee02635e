// Comments are changed, deleted and loaded in place.

import { expectAccessible } from './checks.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'islands-comments' });

let scene: Scene;

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
});

test('a comment is changed and deleted in place', async ({ page, complaints }) => {
  complaints.allow(/^422 POST .*\/photos\//);
  const imageId = scene.open.imageIds[1];
  await scene.account.call('comment.add', { imageId, content: 'Beautifull.' });
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, true);
  await page.goto(`/photos/${imageId}`);
  let navigations = 0;
  page.on('framenavigated', () => navigations++);

  const edit = olga.form('comment.edit');
  await page.getByText('Edit the comment of Olga').click();
  await olga.send(edit, { content: ' ' });
  await expect(edit.getByRole('alert')).toHaveText('Write something first.');
  await expect(edit.getByLabel('What it says')).toHaveAccessibleDescription('Write something first.');
  await expect(edit.getByLabel('What it says')).toBeFocused();
  await expectAccessible(page);
  await olga.send(edit, { content: 'Beautiful.' });
  await expect(olga.comment('Beautiful.').locator('p').filter({ hasText: 'edited' })).toBeVisible();
  await expect(olga.comment('Beautifull.')).toHaveCount(0);
  await olga.expectSaid('Your comment is saved.');

  // The forms are folded away again, and are those of the comment as it is now.
  await page.getByText('Edit the comment of Olga').click();
  await expect(edit.getByLabel('What it says')).toHaveValue('Beautiful.');
  await expect(page.locator('main').getByRole('link', { name: '1 comment' })).toBeVisible();
  await olga.send(olga.form('comment.delete'), {});
  await expect(page.locator('#comments li')).toHaveCount(0);
  await expect(page.locator('main').getByRole('link', { name: '0 comments' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Comments' })).toBeFocused();
  expect(navigations, 'the page stayed').toBe(0);
  await page.reload();
  await expect(page.locator('#comments li')).toHaveCount(0);
});

test('what cannot be sent stays in the box', async ({ page, complaints }) => {
  complaints.allow(/^failed POST /);
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, true);
  await page.goto(`/photos/${scene.open.imageIds[1]}`);
  const form = olga.form('comment.add');
  await olga.ready(form.getByRole('button'));
  await page.route('**/photos/*', (route) => route.abort('connectionreset'));
  await form.getByLabel('Your comment').fill('Into the void');
  await form.getByRole('button').click();
  await expect(form.getByRole('alert')).toContainText('could not be reached');
  await expect(form.getByLabel('Your comment')).toHaveValue('Into the void');
  await page.unrouteAll();
  await form.getByRole('button').click();
  await expect(olga.comment('Into the void')).toHaveCount(1);
  await expect(form.getByRole('alert')).toBeEmpty();
});

test('the rest is loaded in place, each comment once and in its order', async ({ page }) => {
  const imageId = scene.open.imageIds[2];
  for (let number = 0; number < 52; number++) {
    // By turns: one member alone may not write that many.
    const account = number % 2 === 0 ? scene.account : scene.admin;
    await account.call('comment.add', { imageId, content: `Comment ${number}.` });
  }
  await scene.account.sitsAt(page.context());
  const olga = new Visitor(page, true);
  await page.goto(`/photos/${imageId}`);
  const all = page.locator('#comments li');
  await expect(all).toHaveCount(50);
  const more = page.getByRole('link', { name: 'Load more (2)' });
  await expect(more).toBeVisible();
  // Written before those that come before it are there.
  await olga.send(olga.form('comment.add'), { content: 'The last word.' });
  await expect(all.last()).toContainText('The last word.');
  await more.click();
  await expect(all).toHaveCount(53);
  await expect(all.nth(50)).toContainText('Comment 50.');
  await expect(all.last()).toContainText('The last word.');
  await expect(more).toBeHidden();
  await expect(all.nth(50), 'where reading goes on').toBeFocused();
});
