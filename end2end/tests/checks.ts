// Promises that hold on every page: accessible, valid, steady.

import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Leptos' own elements stand where their content would. */
const transparent = { flow: true, phrasing: true, transparent: true };

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard'],
  // A slot is allowed wherever its content is (HTML, 4.12.4); the validator knows it by name alone.
  elements: ['html5', { 'leptos-island': transparent, 'leptos-children': transparent, slot: transparent }],
  rules: {
    // The content security policy would drop them.
    'no-inline-style': 'error',
    // A button without a type sends the form it happens to be in.
    'no-implicit-button-type': 'error',
    // The browser adds a <tbody>, and hydration then finds other nodes than were sent.
    'prefer-tbody': 'error',
    'empty-heading': 'error',
    'empty-title': 'error',
    'hidden-focusable': 'error',
    'autocomplete-password': 'error',
  },
});

/** No serious breach of WCAG 2.2 AA, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html).join('\n    ')}`);
    expect.soft(serious, `accessibility of ${page.url()} in the ${colorScheme} theme`).toEqual([]);
  }
}

/** HTML as served, before any script touched it, that a validator has nothing against. */
export async function expectValid(served: string, where: string): Promise<void> {
  // Leptos marks the place of what is not there with `<!>`, which browsers read as an empty comment and the
  // validator's tokenizer does not read at all.
  const html = served.replaceAll('<!>', '<!---->');
  const report = await validator.validateString(html);
  const lines = html.split('\n');
  const errors = report.results
    .flatMap((result) => result.messages)
    .filter((message) => message.severity === 2)
    .map(({ ruleId, message, line, column }) => {
      const around = (lines[line - 1] ?? '').slice(Math.max(0, column - 41), column + 79);
      return `${ruleId}: ${message}\n    …${around}…`;
    });
  expect.soft(errors, `HTML of ${where}`).toEqual([]);
}

/** Nothing sticks out to the right. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const scrolls = document.documentElement.scrollWidth > edge;
    const culprits = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
      .map((element) => element.cloneNode(false) as Element)
      .map((element) => element.outerHTML.slice(0, 120));
    return scrolls ? culprits.slice(0, 5) : null;
  });
  expect.soft(wide, `sideways scroll on ${page.url()}`).toBeNull();
}

/** Opens a page, scrolls through it and answers the sum of its layout shifts that no input explains. */
export async function layoutShift(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        seen.shift += entry.hadRecentInput ? 0 : entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  // Islands may come alive up to two seconds after the load; what they move counts. Before any scrolling, which
  // would let the browser hold on to what is in view.
  await page.waitForTimeout(2_500);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 400) {
    await page.evaluate((y) => window.scrollTo(0, y), y);
    await page.waitForTimeout(50);
  }
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => (window as unknown as { shift: number }).shift);
}
