// What encoding costs sharp: as crates/imaging/examples/encoders.rs, with the same words and sharp's own settings.
//
//     node sharp.mjs FORMAT QUALITY SETTINGS SECONDS FOLDER FILE.png…
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";

const [format, quality, settings, seconds, folder, ...files] = process.argv.slice(2);
// One picture at a time on one thread, each from its pixels; what was made before helps nothing.
sharp.concurrency(1);
sharp.cache(false);

const pairs = settings.split(",").map((pair) => pair.split("="));
const options = Object.fromEntries(pairs.map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]));
const pictures = await Promise.all(
  files.map((file) => sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
);
options.quality = Number(quality);
const encode = ({ data, info: { width, height, channels } }) =>
  sharp(data, { raw: { width, height, channels } }).toFormat(format, options).toBuffer();

for (const [at, picture] of pictures.entries()) {
  fs.writeFileSync(path.join(folder, `${at}.${format}`), await encode(picture));
}
const began = process.hrtime.bigint();
const before = process.cpuUsage();
let made = 0;
while (Number(process.hrtime.bigint() - began) / 1e9 < Number(seconds)) {
  for (const picture of pictures) {
    await encode(picture);
    made += 1;
  }
}
const { user, system } = process.cpuUsage(before);
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ pictures: made, cpu: (user + system) / 1e6, peak }));
