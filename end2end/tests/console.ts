// What a browser complains of fails the test: console errors (content security policy among them), exceptions,
// refused and failed requests. A test that provokes one says so beforehand: `complaints.allow(/422 POST/)`.

import { expect } from '@playwright/test';
import type { BrowserContext, Request } from '@playwright/test';
import { test as base } from './program.ts';

/** Whether a page was asked for before anybody followed a link to it. What does not come then is asked for again. */
export const isAhead = (request: Request): boolean => request.headers()['sec-purpose']?.startsWith('prefetch') ?? false;

/** What browsers complained of during a test. */
export class Complaints {
  private readonly heard: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Lets complaints pass that match. They read `422 POST http://…`, `console: …`, `exception: …`, `failed GET …`. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Those that no test has allowed. */
  get left(): string[] {
    return this.heard.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
  }

  /** Listens to every page of a context, those to come included. */
  listen(context: BrowserContext): void {
    context.on('console', (message) => {
      // A failed load is heard as a response or a failed request, with its status and method.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.heard.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => {
      const { name, message, stack } = error.error();
      // The browser's own: a transition from page to page was cut off, as by a window that closes.
      if (name === 'InvalidStateError' && message.startsWith('Transition was aborted')) return;
      this.heard.push(`exception: ${stack || message || name}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400 && !isAhead(response.request())) {
        this.heard.push(`${response.status()} ${response.request().method()} ${response.url()}`);
      }
    });
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'no reason';
      // Leaving a page stops what it was still loading.
      if (why !== 'net::ERR_ABORTED' && !isAhead(request)) {
        this.heard.push(`failed ${request.method()} ${request.url()} ${why}`);
      }
    });
  }
}

interface OfTest {
  /** What the browsers of this test complained of. */
  complaints: Complaints;
  /** Opens another browser window that shares nothing with the others: somebody else. */
  stranger: () => Promise<BrowserContext>;
  /** Adds the program's own words to the report of a test that failed. */
  words: void;
}

export const test = base.extend<OfTest>({
  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.left, 'the browser complained').toEqual([]);
  },
  context: async ({ context, complaints }, use) => {
    complaints.listen(context);
    await use(context);
  },
  stranger: async ({ browser, baseURL, javaScriptEnabled, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        ...(baseURL === undefined ? {} : { baseURL }),
        ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
      });
      opened.push(context);
      complaints.listen(context);
      return context;
    });
    for (const context of opened) {
      await context.close();
    }
  },
  words: [
    async ({ program }, use, testInfo) => {
      const before = program.output.length;
      await use();
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('what the program wrote', { body: program.output.slice(before), contentType: 'text/plain' });
      }
    },
    { auto: true },
  ],
});

export { expect };
