// What is sent of the script that wakes islands: crates/leptos-wake/src/loader.min.js, made of loader.js beside it.
//
//     node loader.mjs            makes it
//     node loader.mjs --check    an error if it is not what would be made
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

const source = new URL('../crates/leptos-wake/src/loader.js', import.meta.url);
const made = new URL('loader.min.js', source);
const { code } = await minify(await readFile(source, 'utf8'), { module: true, ecma: 2022, compress: { passes: 3 } });

if (!process.argv.includes('--check')) {
  await writeFile(made, code);
} else if ((await readFile(made, 'utf8')) !== code) {
  console.error(`${fileURLToPath(made)} is older than loader.js. Run: make loader`);
  process.exitCode = 1;
}
