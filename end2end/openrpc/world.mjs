// What the examples name: accounts, pictures, galleries and the rest, made anew for each example that needs them.

import { createServer } from 'node:http';
import { deflateSync } from 'node:zlib';
import { call } from './program.mjs';

/** As the examples have it. */
export const PASSWORD = 'correct horse battery';

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(~crc >>> 0);
  return Buffer.concat([length, body, sum]);
}

/** A blue PNG of 96 by 64 pixels. */
function png() {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(96, 0);
  head.writeUInt32BE(64, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(96 * 3, Buffer.from([30, 60, 200]))]);
  const rows = deflateSync(Buffer.concat(Array(64).fill(row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

/** An account, signed in. */
export class Member {
  static #made = 0;

  constructor(program, email, cookie) {
    this.program = program;
    this.email = email;
    this.headers = { Cookie: cookie };
  }

  static async register(program, more = {}) {
    const name = more.username ?? `member${++Member.#made}`;
    const params = { username: name, email: `${name}@example.com`, password: PASSWORD, ...more };
    const { result, cookie } = await call(program, 'user.register', params);
    const member = new Member(program, params.email, cookie);
    member.id = result.userId;
    return member;
  }

  async ok(method, params) {
    return (await call(this.program, method, params, this.headers)).result;
  }

  /** The cookie of one more sign-in. */
  async signInAgain() {
    return (await call(this.program, 'user.login', { email: this.email, password: PASSWORD })).cookie;
  }

  async token(scopes) {
    return (await this.ok('token.create', { name: 'examples', scopes })).token;
  }

  async upload() {
    const bytes = png();
    const wish = { filename: 'sea.png', contentType: 'image/png', size: bytes.length };
    const { assetId, uploadUrl } = await this.ok('image.generateUploadUrl', wish);
    const put = await fetch(uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: bytes });
    if (!put.ok) {
      throw new Error(`An upload was answered ${put.status}: ${await put.text()}`);
    }
    return assetId;
  }

  async picture() {
    const assetId = await this.upload();
    const { state, reason } = await this.ok('image.confirmUpload', { assetId });
    if (state !== 'completed') {
      throw new Error(`A picture is ${state}: ${reason}`);
    }
    return assetId;
  }

  /** A public gallery with a picture in it. */
  async gallery() {
    const { galleryId, slug } = await this.ok('gallery.create', { name: 'Winter sea', isPublic: true });
    const imageId = await this.picture();
    await this.ok('gallery.addImages', { galleryId, imageIds: [imageId] });
    return { galleryId, slug, imageId };
  }
}

/** Another site, with a picture at every address. */
export async function elsewhere() {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'image/png').end(png()));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}/sea.png`, stop: () => server.close() };
}

/** Who calls an example, and the true values of the params that name things. */
export async function real(method, params, { program, admin, spare, other }) {
  const has = (name) => Object.hasOwn(params, name);
  const values = {};
  if (has('galleryId') || has('fromGalleryId') || has('galleryIds') || has('slug') || has('imageId') || has('imageIds')) {
    const { galleryId, slug, imageId } = await admin.gallery();
    Object.assign(values, { galleryId, fromGalleryId: galleryId, slug, imageId, imageIds: [imageId] });
    if (method === 'gallery.addImages') {
      values.imageIds = [await admin.picture()];
    }
  }
  if (has('toGalleryId') || has('galleryIds')) {
    const { galleryId } = await admin.gallery();
    Object.assign(values, { toGalleryId: galleryId, galleryIds: [values.galleryId, galleryId] });
  }
  if (has('assetId')) {
    values.assetId = await admin.upload();
  }
  if (has('commentId')) {
    const { imageId } = await admin.gallery();
    values.commentId = (await admin.ok('comment.add', { imageId, content: 'Cold.' })).commentId;
  }
  if (has('shareId') || method === 'share.unlock') {
    const { galleryId } = await admin.gallery();
    const { shareId, url } = await admin.ok('share.create', { galleryId, password: params.password });
    Object.assign(values, { shareId, token: url.split('/s/')[1] });
  }
  if (has('invitationId')) {
    values.invitationId = (await admin.ok('invitation.create', {})).invitationId;
  }
  if (has('tokenId')) {
    values.tokenId = (await admin.ok('token.create', { name: 'short-lived', scopes: ['read'] })).tokenId;
  }
  if (has('accessKey') || method === 'folder.update') {
    const { accessKey, folder } = await admin.ok('accessKey.create', { name: 'short-lived', rights: ['read'] });
    Object.assign(values, { accessKey, path: folder });
  }
  if (method === 'folder.create') {
    values.owner = 'owner';
  }
  if (method === 'image.import') {
    values.url = other.url;
  }
  if (has('userId')) {
    values.userId = spare.id;
  }
  if (has('sessionId')) {
    await admin.signInAgain();
    values.sessionId = (await admin.ok('user.listSessions', {})).sessions.find(({ current }) => !current).id;
  }
  if (method === 'user.register') {
    Object.assign(values, { username: 'newcomer', email: 'newcomer@example.com' });
  }
  if (method === 'user.login') {
    values.email = spare.email;
  }
  // These end what they are called with.
  const ending = ['user.changePassword', 'user.delete', 'user.logout'].includes(method);
  const caller = ending ? await Member.register(program) : admin;
  return { values, cookie: caller.headers.Cookie };
}
