// What you may not see answers exactly like what does not exist.

import { Account, person } from './account.ts';
import { expect, test } from './console.ts';
import { type Scene, setScene } from './scene.ts';

test.use({ story: 'privacy' });

let scene: Scene;
let neighbour: Account;
let secret: { slug: string; galleryId: string; imageId: string };

test.beforeAll(async ({ program, browser }) => {
  scene = await setScene(program, browser);
  secret = { slug: scene.closed.slug, galleryId: scene.closed.galleryId, imageId: scene.closed.imageIds[0] ?? '' };
  neighbour = new Account(program);
  await neighbour.register(person('Nora'));
});

/** An id of the same length and letters that names nothing. */
function madeUp(id: string): string {
  return [...id].map((c) => (/[a-y]|[A-Y]|[0-8]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 1) : c)).join('');
}

/** All that an answer tells, with the id that was asked for taken out. */
async function told(answer: Response, id: string): Promise<unknown> {
  const kept = ['content-type', 'cache-control', 'location', 'vary', 'etag', 'content-disposition', 'content-security-policy'];
  const headers = Object.fromEntries(kept.map((name) => [name, answer.headers.get(name)?.replaceAll(id, '…') ?? null]));
  return { status: answer.status, headers, body: (await answer.text()).replaceAll(id, '…') };
}

const post = (method: string, params: Record<string, unknown>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }),
});

/** Every way to reach something by its id: the address, and the call if it is one. */
const ways: [name: string, id: () => string, path: (id: string) => string, call?: (id: string) => RequestInit][] = [
  ['gallery page', () => secret.slug, (id) => `/gallery/${id}`],
  ['second gallery page', () => secret.slug, (id) => `/gallery/${id}?page=2`],
  ['photo page', () => secret.imageId, (id) => `/photos/${id}`],
  ['photo links', () => secret.imageId, (id) => `/photos/${id}/links`],
  ['picture', () => secret.imageId, (id) => `/images/view/${id}/width=640`],
  ['picture, wrong width', () => secret.imageId, (id) => `/images/view/${id}/width=641`],
  ['image.getMetadata', () => secret.imageId, () => '/api/rpc', (imageId) => post('image.getMetadata', { imageId })],
  ['image.generateViewUrl', () => secret.imageId, () => '/api/rpc', (imageId) => post('image.generateViewUrl', { imageId })],
  ['image.like', () => secret.imageId, () => '/api/rpc', (imageId) => post('image.like', { imageId, liked: true })],
  ['image.update', () => secret.imageId, () => '/api/rpc', (imageId) => post('image.update', { imageId, title: 'x' })],
  ['image.delete', () => secret.imageId, () => '/api/rpc', (imageId) => post('image.delete', { imageId })],
  ['image.confirmUpload', () => secret.imageId, () => '/api/rpc', (assetId) => post('image.confirmUpload', { assetId })],
  ['comment.list', () => secret.imageId, () => '/api/rpc', (imageId) => post('comment.list', { imageId })],
  ['comment.add', () => secret.imageId, () => '/api/rpc', (imageId) => post('comment.add', { imageId, content: 'x' })],
  ['gallery.delete', () => secret.galleryId, () => '/api/rpc', (galleryId) => post('gallery.delete', { galleryId })],
  ['gallery editing', () => secret.galleryId, (id) => `/dashboard/galleries/${id}`],
];

test('the owner sees what is private', async () => {
  for (const [name, id, path] of ways.filter(([name]) => /^(gallery page|photo page|picture|gallery editing)$/.test(name))) {
    expect((await scene.account.request(path(id()))).status, name).toBe(200);
  }
  for (const method of ['image.getMetadata', 'image.generateViewUrl', 'comment.list']) {
    await scene.account.call(method, { imageId: secret.imageId });
  }
});

for (const [name, id, path, call] of ways) {
  test(`to others a private one is as one that is not there: ${name}`, async ({ program }) => {
    const visitor = new Account(program);
    for (const [who, account] of Object.entries({ visitor, neighbour })) {
      const real = id();
      const other = madeUp(real);
      const ask = async (what: string) => told(await account.request(path(what), call?.(what)), what);
      const answers = [await ask(real), await ask(other)];
      expect(answers[0], `a ${who} learns nothing`).toEqual(answers[1]);
    }
  });
}

test('a private gallery is on no list', async ({ program }) => {
  const visitor = new Account(program);
  const home = await (await visitor.request('/')).text();
  expect(home).toContain(scene.open.slug);
  for (const trace of [secret.slug, secret.galleryId, secret.imageId, 'Kept to myself']) {
    expect(home).not.toContain(trace);
  }
  const list = await visitor.ask('gallery.listPublic', { page: 1, limit: 50 });
  expect(list.body).toContain(scene.open.slug);
  expect(list.body).not.toContain(secret.slug);
});

test('the owner’s copy in a cache is not given to others', async ({ program }) => {
  for (const path of [`/gallery/${secret.slug}`, `/photos/${secret.imageId}`, `/images/view/${secret.imageId}/width=640`]) {
    const answer = await scene.account.request(path);
    expect.soft(answer.headers.get('cache-control') ?? '', path).not.toMatch(/public/);
    await answer.arrayBuffer();
    expect.soft((await new Account(program).request(path)).status, path).toBe(404);
  }
});
