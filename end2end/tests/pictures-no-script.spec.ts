// Pictures with scripts turned off: sent by a plain form.

import { Account, type MadeGallery, person } from './account.ts';
import { expect, test } from './console.ts';
import { NO_DOCUMENTS, documentNamedJpg, heic, moving } from './pictures.ts';
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
