import { defineConfig, devices } from '@playwright/test';

// The host's own Chromium: nothing is downloaded. The flags keep it from calling home and off the graphics card.
const browser = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results',
  // Each test file runs a program of its own; one at a time is the fastest on a small host.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: browser,
    locale: 'en-GB',
    timezoneId: 'UTC',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // Not traced: the recorder reads blob: thumbnails from inside the page, which the page's own policy refuses.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'script', testIgnore: ['**/*-no-script.spec.ts', '**/phone.spec.ts'] },
    // What is told the same way with scripts and without is told once, and tried both ways.
    {
      name: 'no-script',
      testMatch: ['**/*-no-script.spec.ts', '**/downloads.spec.ts'],
      use: { javaScriptEnabled: false },
    },
    {
      name: 'phone',
      testMatch: '**/phone.spec.ts',
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
    },
  ],
});
