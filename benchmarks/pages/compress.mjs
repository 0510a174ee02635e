// Compresses the text files of a folder beside themselves, as hard as can be: node compress.mjs FOLDER
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = process.argv[2];
for (const name of globSync('**/*.{css,html,js,svg}', { cwd: folder })) {
  const file = join(folder, name);
  const text = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(text));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
