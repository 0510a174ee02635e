// What smaller pictures cost sharp in this process alone: as crates/imaging/examples/measure.rs, with the same words.
//
//     node sharp.mjs FORMAT WIDTH QUALITY EFFORT SECONDS FOLDER FILE…
//
// QUALITY and EFFORT are numbers, or `default`. JPEG has no effort.
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";

const [format, width, quality, effort, seconds, folder, ...files] = process.argv.slice(2);
// One picture at a time on one thread, each from its bytes; what was made before helps nothing.
sharp.concurrency(1);
sharp.cache(false);
sharp.simd(true);

const options = {};
if (quality !== "default") options.quality = Number(quality);
if (effort !== "default") options.effort = Number(effort);
const make = (original) => sharp(original).resize({ width: Number(width) }).toFormat(format, options).toBuffer();

const originals = files.map((file) => fs.readFileSync(file));
for (const [at, original] of originals.entries()) {
  fs.writeFileSync(path.join(folder, `${at}.${format}`), await make(original));
}
const began = process.hrtime.bigint();
const before = process.cpuUsage();
let pictures = 0;
while (Number(process.hrtime.bigint() - began) / 1e9 < Number(seconds)) {
  for (const original of originals) {
    await make(original);
    pictures += 1;
  }
}
const { user, system } = process.cpuUsage(before);
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ pictures, cpu: (user + system) / 1e6, peak }));
