// The example of crates/leptos-wake, served as files under the strictest policy that its README promises to need, and
// ways to slow and to break the download of its WebAssembly.

import { test as base, expect } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { Complaints } from './console.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'";

/** The folder with the built example. */
export function example(): string {
  const folder = resolve(process.env.WAKE_EXAMPLE ?? '../target/wake-example');
  if (!existsSync(join(folder, 'pkg'))) {
    throw new Error(`${folder} has no built example. Build it with scripts/wake-example.`);
  }
  return folder;
}

async function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    // Nothing above the folder: a URL's path has no `..` left.
    const content = await readFile(join(folder, pathname)).catch(() => undefined);
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
    } else if (content === undefined) {
      response.writeHead(404).end();
    } else {
      const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(content);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** What becomes of a request for the islands' module, its JavaScript or its WebAssembly. */
type Fate = (route: Route) => Promise<void>;

/** The module on its way to a page. */
export class Module {
  /** The paths asked for so far. */
  readonly asked: string[] = [];
  private fate: Fate = (route) => route.continue();

  constructor(private readonly page: Page) {}

  async listen(): Promise<void> {
    await this.page.route(
      (url) => url.pathname.startsWith('/pkg/'),
      async (route) => {
        this.asked.push(new URL(route.request().url()).pathname);
        await this.fate(route);
      },
    );
  }

  /** Holds the WebAssembly back until what this answers is called. */
  slow(): () => void {
    let go = () => {};
    const gate = new Promise<void>((open) => (go = open));
    this.fate = async (route) => {
      if (route.request().url().includes('.wasm')) {
        await gate;
      }
      // The page may have been left meanwhile.
      await route.continue().catch(() => {});
    };
    return go;
  }

  /** Lets files fail whose address has this in it, until it is mended. */
  breaks(what: '.js' | '.wasm'): void {
    this.fate = (route) => (route.request().url().includes(what) ? route.abort('connectionreset') : route.continue());
  }

  /** Lets everything through again. */
  mended(): void {
    this.fate = (route) => route.continue();
  }
}

interface OfTest {
  complaints: Complaints;
  /** The islands' module, as this test's page asks for it. */
  module: Module;
}

interface OfWorker {
  site: string;
}

export const test = base.extend<OfTest, OfWorker>({
  site: [
    async ({}, use) => {
      const server = await serve(example());
      const address = server.address();
      if (address === null || typeof address === 'string') {
        throw new Error('no port');
      }
      await use(`http://127.0.0.1:${address.port}`);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site),
  complaints: async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.left, 'the browser complained').toEqual([]);
  },
  context: async ({ context, complaints }, use) => {
    complaints.listen(context);
    await use(context);
  },
  module: async ({ page }, use) => {
    const module = new Module(page);
    await module.listen();
    await use(module);
  },
});

export { expect };
