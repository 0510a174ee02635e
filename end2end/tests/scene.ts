// A small library to look at: an admin, a member, a public and a private gallery, a liked and commented picture.

import type { Browser } from '@playwright/test';
import { Account, type MadeGallery, type Person, person } from './account.ts';
import { landscape, png, portrait } from './pictures.ts';
import type { Program } from './program.ts';

/** What is there once the scene is set. */
export interface Scene {
  /** The admin, without a browser. */
  admin: Account;
  owner: Person;
  /** The owner, without a browser. */
  account: Account;
  open: MadeGallery & { imageIds: string[] };
  closed: MadeGallery & { imageIds: string[] };
}

/** Sets the scene through the RPC API. Spends the one-time admin link. */
export async function setScene(program: Program, browser: Browser): Promise<Scene> {
  const token = new URL(program.adminLink).searchParams.get('token') ?? '';
  const admin = new Account(program);
  await admin.register(person('Ada'), token);
  const owner = person('Olga');
  const account = new Account(program);
  await account.register(owner);
  const open = await account.galleryOf('Winter light', true, [
    await landscape(browser),
    await portrait(browser),
    png('square.png', 700, 700, 40),
    png('wide.png', 1600, 500, 200),
    png('tall.png', 500, 1300, 90),
  ]);
  const closed = await account.galleryOf('Kept to myself', false, [png('mine.png', 640, 480, 220)]);
  const [imageId] = open.imageIds;
  await account.call('image.update', { imageId, description: 'The sea before the storm.', tags: ['sea', '冬'] });
  await account.call('image.like', { imageId, liked: true });
  await account.call('image.favourite', { imageId, favourite: true });
  await account.call('comment.add', { imageId, content: 'Taken on the last day.\nIt was cold.' });
  return { admin, owner, account, open, closed };
}
