// Lighthouse's scores of a page, by its own settings, which are those for phones: node lighthouse.mjs URL
import lighthouse from 'lighthouse';
import { createServer } from 'node:net';
import { launch } from './chromium.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

const port = await freePort();
const browser = await launch(`--remote-debugging-port=${port}`);
const { lhr } = await lighthouse(process.argv[2], { port, logLevel: 'error', onlyCategories: CATEGORIES });
await browser.close();
if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);

const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * lhr.categories[name].score)]));
const counted = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.filter(({ weight }) => weight > 0));
const failed = counted.map(({ id }) => id).filter((id) => (lhr.audits[id].score ?? 1) < 0.9);
const [lcp, tbt] = ['largest-contentful-paint', 'total-blocking-time'].map((id) => lhr.audits[id].numericValue);
console.log(JSON.stringify({ scores, failed, lcp, tbt }));
