// Decodes pictures whole, in sRGB, one decoder for all: node png.mjs FROM TO FROM TO…
import sharp from "sharp";

const paths = process.argv.slice(2);
for (let at = 0; at + 1 < paths.length; at += 2) {
  await sharp(paths[at]).toColourspace("srgb").removeAlpha().png({ compressionLevel: 1 }).toFile(paths[at + 1]);
}
