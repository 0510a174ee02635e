// What a picture's owner and others get by the link on its page, with scripts and without.

import { Account, person } from './account.ts';
import { expect, test } from './console.ts';
import { secretsIn, telling } from './pictures.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'downloads' });

/** From its start of scan (ITU-T T.81, B.2.3) on, a JPEG is pixels. */
const pixels = (file: Buffer): Buffer => file.subarray(file.indexOf(Buffer.from([0xff, 0xda])));

test('others download the picture alone until its owner allows nothing; the owner gets the file', async ({
  page,
  program,
  stranger,
  javaScriptEnabled,
}) => {
  const account = new Account(program);
  await account.register(person('Mei'));
  const { name, buffer } = telling();
  expect(secretsIn(buffer), 'there is something to hide').toEqual(['maker', 'position']);
  const { imageIds } = await account.galleryOf('Winter light', true, [telling()]);
  await account.sitsAt(page.context());
  const owner = new Visitor(page, javaScriptEnabled ?? true);
  const other = new Visitor(await (await stranger()).newPage(), javaScriptEnabled ?? true);
  const photo = `/photos/${imageIds[0]}`;

  await other.page.goto(photo);
  const theirs = await other.download();
  expect(secretsIn(theirs.bytes)).toEqual([]);
  expect(pixels(theirs.bytes).equals(pixels(buffer)), 'the same pixels').toBe(true);
  expect(theirs.name).toMatch(/^\w+\.jpg$/);
  expect(theirs.name).not.toBe(name);

  const address = (await other.downloadLink.getAttribute('href')) ?? '';
  await owner.letsOthersDownload('Nothing');
  await other.page.reload();
  await expect(other.picture, 'it may still be looked at').toBeVisible();
  await expect(other.downloadLink).toHaveCount(0);
  const refused = await other.page.request.get(address);
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain('does not let others download');

  await owner.page.goto(photo);
  const own = await owner.download();
  expect(own.name).toBe(name);
  expect(own.bytes.equals(buffer), 'the very bytes').toBe(true);
});
