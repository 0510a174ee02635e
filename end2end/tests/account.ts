// Somebody who speaks to the program without a browser: plain HTTP and the JSON-RPC endpoint. Sets scenes quickly.

import type { BrowserContext } from '@playwright/test';
import type { FileToUpload } from './pictures.ts';
import type { Program } from './program.ts';

/** What somebody signs in with. */
export interface Person {
  username: string;
  email: string;
  password: string;
}

/** Somebody with a name of their own. */
export const person = (username: string): Person => ({
  username,
  email: `${username.toLowerCase()}@example.com`,
  password: `${username} knows a long password`,
});

/** An answer of JSON-RPC 2.0: a result or an error. */
export interface RpcAnswer {
  status: number;
  body: string;
  result?: unknown;
  error?: { code: number; message: string };
}

/** A gallery as made. */
export interface MadeGallery {
  galleryId: string;
  slug: string;
}

/** A visitor, or a member once registered. */
export class Account {
  private cookies = new Map<string, string>();

  constructor(private readonly program: Program) {}

  /** A plain request with this account's cookies; a redirect is answered as it is. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('origin', this.program.url);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(new URL(path, this.program.url), { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) {
        this.cookies.set(name, value);
      }
    }
    return answer;
  }

  /** Calls a method and answers whatever came. */
  async ask(method: string, params: Record<string, unknown>): Promise<RpcAnswer> {
    const answer = await this.request('/api/rpc', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', method, params, id: 1 }),
    });
    const body = await answer.text();
    let parsed: Pick<RpcAnswer, 'result' | 'error'>;
    try {
      parsed = JSON.parse(body);
    } catch {
      throw new Error(`${method} answered ${answer.status} and no JSON: ${body.slice(0, 300)}`);
    }
    return { status: answer.status, body, ...parsed };
  }

  /** Calls a method that has to work. */
  async call<T>(method: string, params: Record<string, unknown>): Promise<T> {
    const answer = await this.ask(method, params);
    if (answer.error !== undefined || answer.result === undefined) {
      throw new Error(`${method} was refused: ${answer.body}`);
    }
    return answer.result as T;
  }

  /** Makes the account; with the one-time link's token, the first admin. */
  async register(who: Person, setupToken?: string): Promise<void> {
    await this.call('user.register', { ...who, ...(setupToken === undefined ? {} : { setupToken }) });
  }

  /** Takes a seat at a browser, signed in: a sign-in of its own there would count against their rate. */
  async sitsAt(context: BrowserContext): Promise<void> {
    const { url } = this.program;
    await context.addCookies([...this.cookies].map(([name, value]) => ({ name, value, url })));
  }

  /** Makes a gallery. */
  gallery(name: string, isPublic: boolean): Promise<MadeGallery> {
    return this.call('gallery.create', { name, description: `About ${name}.`, isPublic });
  }

  /** Uploads a picture as a browser does, past the application, and answers its id. */
  async upload(file: FileToUpload): Promise<string> {
    type Ticket = { uploadUrl: string; contentType: string; assetId: string };
    const { uploadUrl, contentType, assetId } = await this.call<Ticket>('image.generateUploadUrl', {
      filename: file.name,
      contentType: file.mimeType,
      size: file.buffer.length,
    });
    const put = await fetch(uploadUrl, {
      method: 'PUT',
      headers: { 'content-type': contentType },
      body: new Uint8Array(file.buffer),
    });
    if (!put.ok) {
      throw new Error(`the store refused ${file.name}: ${put.status} ${await put.text()}`);
    }
    const { state, reason } = await this.call<{ state: string; reason?: string }>('image.confirmUpload', { assetId });
    if (state !== 'completed') {
      throw new Error(`${file.name} is ${state}: ${reason}`);
    }
    return assetId;
  }

  /** A gallery with these pictures in it. */
  async galleryOf(name: string, isPublic: boolean, files: FileToUpload[]): Promise<MadeGallery & { imageIds: string[] }> {
    const gallery = await this.gallery(name, isPublic);
    const imageIds: string[] = [];
    for (const file of files) {
      imageIds.push(await this.upload(file));
    }
    await this.call('gallery.addImages', { galleryId: gallery.galleryId, imageIds });
    return { ...gallery, imageIds };
  }
}
