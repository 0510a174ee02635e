// What a picture's owner and others get by the link on its page, with scripts and without.

import { expect } from '@playwright/test';
import { secretsIn, telling } from './pictures.ts';
import type { Visitor } from './visitor.ts';

/** From its start of scan (ITU-T T.81, B.2.3) on, a JPEG is pixels. */
const pixels = (file: Buffer): Buffer => file.subarray(file.indexOf(Buffer.from([0xff, 0xda])));

/** The owner gets the telling file under its own name. */
async function expectOwnFile(owner: Visitor, photo: string): Promise<void> {
  const { name, buffer } = telling();
  await owner.page.goto(photo);
  const own = await owner.download();
  expect(own.name).toBe(name);
  expect(own.bytes.equals(buffer), 'the very bytes').toBe(true);
}

/** Of the telling file others get the picture alone, its owner everything. */
export async function expectPictureAlone(owner: Visitor, other: Visitor, photo: string): Promise<void> {
  const { name, buffer } = telling();
  expect(secretsIn(buffer), 'there is something to hide').toEqual(['maker', 'position']);
  await other.page.goto(photo);
  const theirs = await other.download();
  expect(secretsIn(theirs.bytes)).toEqual([]);
  expect(pixels(theirs.bytes).equals(pixels(buffer)), 'the same pixels').toBe(true);
  expect(theirs.name).toMatch(/^\w+\.jpg$/);
  expect(theirs.name).not.toBe(name);
  await expectOwnFile(owner, photo);
}

/** Once the owner says so, others get nothing of the telling file and are offered nothing. */
export async function expectNothing(owner: Visitor, other: Visitor, photo: string): Promise<void> {
  await other.page.goto(photo);
  const file = (await other.downloadLink.getAttribute('href')) ?? '';
  expect((await other.page.request.get(file)).status()).toBe(200);

  await owner.letsOthersDownload('Nothing');
  await other.page.reload();
  await expect(other.picture, 'it may still be looked at').toBeVisible();
  await expect(other.downloadLink).toHaveCount(0);
  const refused = await other.page.request.get(file);
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain('does not let others download');
  await expectOwnFile(owner, photo);
}
