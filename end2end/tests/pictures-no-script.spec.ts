// Pictures with scripts turned off: sent by a plain form, downloaded by a plain link.

import { Account, type MadeGallery, person } from './account.ts';
import { expect, test } from './console.ts';
import { expectNothing, expectPictureAlone } from './downloads.ts';
import { NO_DOCUMENTS, documentNamedJpg, heic, moving, telling } from './pictures.ts';
import { Visitor } from './visitor.ts';

test.use({ story: 'pictures-no-script' });

let account: Account;
let gallery: MadeGallery;

test.beforeAll(async ({ program }) => {
  account = new Account(program);
  await account.register(person('Mei'));
  gallery = await account.gallery('Winter light', true);
});

test('what is refused is told with its reason, the others are shown', async ({ page, complaints, stranger }) => {
  complaints.allow(/^4\d\d POST .*\/upload/);
  await account.sitsAt(page.context());
  const mei = new Visitor(page, false);
  const document = documentNamedJpg();
  await mei.upload(gallery.galleryId, [moving(), document, heic()]);
  const said = `2 of the pictures arrived. ${document.name}: ${NO_DOCUMENTS}`;
  await expect(page.locator('main').getByRole('alert')).toHaveText(said);

  await mei.expectRefused(document, NO_DOCUMENTS);
  for (const [title, type] of Object.entries({ moving: 'image/webp', quarters: 'image/avif' })) {
    const visitor = new Visitor(await (await stranger()).newPage(), false);
    const sent = await visitor.looksAt(await mei.photo(title));
    expect(sent.headers()['content-type'], title).toBe(type);
  }
});

test('others download the picture alone, its owner the file', async ({ page, stranger }) => {
  await account.sitsAt(page.context());
  const mei = new Visitor(page, false);
  const file = telling();
  await mei.upload(gallery.galleryId, [file]);
  await expect(page).toHaveURL(/\/dashboard/);
  const visitor = new Visitor(await (await stranger()).newPage(), false);
  await expectPictureAlone(mei, visitor, await mei.photo(file.name));
});

test('an owner who allows no downloads gives none', async ({ page, program, stranger }) => {
  const nora = new Account(program);
  await nora.register(person('Nora'));
  const { imageIds } = await nora.galleryOf('To look at', true, [telling()]);
  await nora.sitsAt(page.context());
  const visitor = new Visitor(await (await stranger()).newPage(), false);
  await expectNothing(new Visitor(page, false), visitor, `/photos/${imageIds[0]}`);
});
