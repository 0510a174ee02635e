// The script in workerd, over a local R2 bucket that holds the files of a folder.
//
//   node bucket.mjs FOLDER PORT
//
// workerd and the bucket are wrangler's own; wrangler's proxy, which only developers need, does not stand before them.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, port] = process.argv.slice(2);
const wrangler = createRequire(new URL('../../end2end/', import.meta.url)).resolve('wrangler/package.json');
const { Miniflare } = await import(pathToFileURL(createRequire(wrangler).resolve('miniflare')).href);
const runtime = new Miniflare({
  modules: true,
  // Before that of 2022-08-04 a list has a hundred objects at most.
  compatibilityDate: '2025-01-01',
  script: readFileSync(new URL('script.js', import.meta.url), 'utf8'),
  r2Buckets: ['BUCKET'],
  r2Persist: join(process.cwd(), 'bucket'),
  cf: false,
  host: '127.0.0.1',
  port: Number(port),
});
const bucket = await runtime.getR2Bucket('BUCKET');
for (const name of readdirSync(folder)) await bucket.put(`ri/h/${name}`, new Uint8Array(readFileSync(join(folder, name))).buffer);
await runtime.ready;
console.log('ready');
