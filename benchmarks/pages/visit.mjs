// A visit to a page by Lighthouse's phone, told as a line of JSON.
//
//     node visit.mjs look URL            what comes and when, over Lighthouse's slow 4G and with its slow processor
//     node visit.mjs like URL [COOKIE]   what a touch of the heart brings, and how soon once everything is cached
import { screenEmulationMetrics, throttling, userAgents } from 'lighthouse/core/config/constants.js';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launch } from './chromium.mjs';
import { Traffic } from './traffic.mjs';

const { width, height, deviceScaleFactor } = screenEmulationMetrics.mobile;
const PHONE = {
  viewport: { width, height },
  deviceScaleFactor,
  userAgent: userAgents.mobile,
  isMobile: true,
  hasTouch: true,
};
const HEART = 'button[aria-label="Like"]';
/** How long after the first paint what blocks the page counts, and what comes by itself is waited for. */
const WHILE = 5_000;
/** Beyond this a task keeps a touch waiting (web.dev, Total Blocking Time). */
const NOT_LONG = 50;

async function slow(page) {
  const phone = throttling.mobileSlow4G;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: phone.requestLatencyMs,
    downloadThroughput: (phone.downloadThroughputKbps * 1024) / 8,
    uploadThroughput: (phone.uploadThroughputKbps * 1024) / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: phone.cpuSlowdownMultiplier });
}

/** A page opened, and left until nothing more comes by itself. */
async function opened(context, url, isSlow) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const traffic = await Traffic.of(page);
  if (isSlow) await slow(page);
  await page.goto(url);
  await page.waitForFunction((least) => seen.fcp && performance.now() > seen.fcp + least, WHILE, { polling: 100 });
  await traffic.quiet(0);
  return { page, traffic };
}

async function scrolled({ page, traffic }) {
  const end = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y <= end; y += 400) {
    await page.evaluate((y) => scrollTo(0, y), y);
    await pause(100);
  }
  // Islands that wait for the browser to be idle do so for two seconds at most.
  await traffic.quiet(2_500);
}

/** The worst of the bursts of shifts: a second apart at most, five in all (web.dev, Cumulative Layout Shift). */
function layoutShift(shifts) {
  let [worst, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last > 1_000 || at - first > 5_000) [sum, first] = [0, at];
    [sum, last] = [sum + value, at];
    worst = Math.max(worst, sum);
  }
  return worst;
}

function blocking({ tasks, fcp }) {
  const counted = tasks.filter(({ at, duration }) => at + duration > fcp && at < fcp + WHILE);
  return counted.reduce((sum, { duration }) => sum + Math.max(0, duration - NOT_LONG), 0);
}

async function look(context, url) {
  const visit = await opened(context, url, true);
  const { seen, origin, inline } = await visit.page.evaluate(() => ({
    seen,
    origin: performance.timeOrigin,
    inline: [...document.querySelectorAll('script:not([src], [type=speculationrules])')].reduce((sum, { text }) => sum + text.length, 0),
  }));
  const { fcp, lcp, largest } = seen;
  const told = { fcp, lcp, largest, tbt: blocking(seen), inline };
  const [before, loaded] = [visit.traffic.until(origin + lcp), visit.traffic.until()];
  await scrolled(visit);
  const shifts = await visit.page.evaluate(() => seen.shifts);
  return { ...told, cls: layoutShift(shifts), before, loaded, scrolled: visit.traffic.until() };
}

/** Touches the heart, and tells how many milliseconds later it has turned. */
async function touched({ page, traffic }) {
  const { x, y, width, height } = await page.locator(HEART).boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  await page.waitForFunction(() => sessionStorage.turned, undefined, { polling: 50 });
  const milliseconds = await page.evaluate(() => sessionStorage.turned - sessionStorage.touched);
  await traffic.quiet(500);
  return milliseconds;
}

async function like(context, url) {
  const first = await opened(context, url, false);
  const told = { loaded: first.traffic.until() };
  await scrolled(first);
  told.scrolled = first.traffic.until();
  await first.page.evaluate(() => scrollTo(0, 0));
  await touched(first);
  told.clicked = first.traffic.until();
  await first.page.close();
  for (const [name, isSlow] of [['phone', true], ['here', false]]) {
    const again = await opened(context, url, isSlow);
    told[name] = await touched(again);
    await again.page.close();
  }
  return told;
}

const [does, url, cookie] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext(PHONE);
await context.addInitScript({ path: path.join(import.meta.dirname, 'watch.js') });
if (cookie) {
  const [name, value] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
}
const told = await (does === 'like' ? like : look)(context, url);
await browser.close();
console.log(JSON.stringify(told));
