// Islands where scripts do not run: crates/leptos-wake leaves what the server sent.

import { expect, test } from './wake-site.ts';

test('what needs a script shows its fallback alone', async ({ page }) => {
  await page.goto('/only.html');
  await expect(page.locator('#fallback')).toBeVisible();
  await expect(page.locator('#count')).toHaveCount(0);
});

test('forms and links do what they do by themselves', async ({ page }) => {
  await page.goto('/interaction.html');
  await page.getByLabel('Name').fill('Lin');
  await page.getByRole('button', { name: 'Greet' }).click();
  await expect(page).toHaveURL(/answer\.html\?name=Lin&by=button$/);
  await page.goBack();
  await page.getByRole('link', { name: 'More pages' }).click();
  await expect(page).toHaveURL(/answer\.html\?page=2$/);
});

test('an island takes no room of its own', async ({ page }) => {
  await page.goto('/several.html');
  const display = await page.locator('[data-wake]').first().evaluate((node) => getComputedStyle(node).display);
  expect(display).toBe('contents');
});
