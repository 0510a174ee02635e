// Pictures made on the spot, and the small files that `imaging` is tested with for what cannot be made here.

import type { Browser } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** A file as an upload form takes it. */
export interface FileToUpload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A gradient over the whole picture; `tint` from 0 to 255 tells pictures apart. */
export function png(name: string, width: number, height: number, tint = 128): FileToUpload {
  const row = 1 + width * 3;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    // The row begins with its filter: 0, none.
    for (let x = 0; x < width; x++) {
      const at = y * row + 1 + x * 3;
      pixels[at] = Math.round((255 * x) / width);
      pixels[at + 1] = Math.round((255 * y) / height);
      pixels[at + 2] = tint;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, adaptive filters, not interlaced
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A JPEG of a gradient, as stored; `orientation` is EXIF's, 1 (upright) to 8, 6 being a camera held upright. */
export async function jpeg(browser: Browser, name: string, width: number, height: number, orientation: number): Promise<FileToUpload> {
  const context = await browser.newContext({ javaScriptEnabled: true });
  const page = await context.newPage();
  const base64 = await page.evaluate(
    async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const paint = canvas.getContext('2d');
      if (!paint) {
        throw new Error('no canvas');
      }
      const sky = paint.createLinearGradient(0, 0, width, height);
      sky.addColorStop(0, '#143c5a');
      sky.addColorStop(0.6, '#e0a458');
      sky.addColorStop(1, '#2a1a1f');
      paint.fillStyle = sky;
      paint.fillRect(0, 0, width, height);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { width, height },
  );
  await context.close();
  return { name, mimeType: 'image/jpeg', buffer: withOrientation(Buffer.from(base64, 'base64'), orientation) };
}

/** Puts an EXIF segment with nothing but an orientation right behind the start of the image. */
function withOrientation(image: Buffer, orientation: number): Buffer {
  const exif = Buffer.from([
    ...Buffer.from('Exif\0\0', 'latin1'),
    ...[0x49, 0x49, 0x2a, 0x00, 0x08, 0x00, 0x00, 0x00], // TIFF, little-endian, first directory at 8
    ...[0x01, 0x00], // one entry
    ...[0x12, 0x01, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00, orientation, 0x00, 0x00, 0x00], // 0x0112, one SHORT
    ...[0x00, 0x00, 0x00, 0x00], // no further directory
  ]);
  const marker = Buffer.from([0xff, 0xe1, 0x00, 0x00]);
  marker.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([image.subarray(0, 2), marker, exif, image.subarray(2)]);
}

/** A landscape stored upright: 1200 × 800. */
export const landscape = (browser: Browser) => jpeg(browser, 'landscape.jpg', 1200, 800, 1);

/** A portrait as cameras store it, lying on its side: 1200 × 800 in the file, 800 × 1200 as shown. */
export const portrait = (browser: Browser) => jpeg(browser, 'portrait.jpg', 1200, 800, 6);

/** Not a picture at all, whatever its name says. */
export const textNamedJpg = (): FileToUpload => ({
  name: 'letter.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('Dear all,\nthis is a letter and no picture.\n'.repeat(40)),
});

/** The first half of a JPEG: its size can be read, its lower rows are missing. */
export const truncatedJpeg = async (browser: Browser): Promise<FileToUpload> => {
  const whole = await landscape(browser);
  return { ...whole, name: 'cut-off.jpg', buffer: whole.buffer.subarray(0, whole.buffer.length / 2) };
};

/** A file that `imaging` is tested with, under a name of its own. */
function kept(path: string, name: string, mimeType: string): FileToUpload {
  return { name, mimeType, buffer: readFileSync(new URL(`../../crates/imaging/tests/${path}`, import.meta.url)) };
}

/** An animation of three frames. */
export const moving = () => kept('corpus/taken/moving.gif', 'moving.gif', 'image/gif');

/** As telephones store pictures, 64 × 48 and red at its upper left. Browsers know no type for it. */
export const heic = () => kept('fixtures/plain.heic', 'quarters.heic', 'application/octet-stream');

/** Not a picture, though there is one in it. */
export const documentNamedJpg = () => kept('corpus/refused/document.pdf', 'photo.jpg', 'image/jpeg');

/** Why it is refused. */
export const NO_DOCUMENTS = 'PDF files are not taken. Export the page as PNG, JPEG or SVG and upload that file.';

/** A JPEG under a camera's own name that tells more than it shows. */
export const telling = () => kept('corpus/taken/turned-with-position.jpg', 'IMG_2041.jpg', 'image/jpeg');

/** What it tells: the maker, and by tag and type the place where it was taken (EXIF 2.32, 4.6.3). */
const SECRETS = { maker: Buffer.from('Secret maker'), position: Buffer.from([0x25, 0x88, 0x04, 0x00]) };

/** What of that a file tells too. */
export const secretsIn = (file: Buffer): string[] =>
  Object.entries(SECRETS).flatMap(([what, bytes]) => (file.includes(bytes) ? [what] : []));
