// The program under test: the real binary, a port and a data folder of its own, one for each test file.

import { test as base, expect } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long the program may take to answer, and to end. */
const PATIENCE = 20_000;

function binary(): string {
  const path = process.env.TUKU_BIN;
  if (!path) {
    throw new Error(
      'TUKU_BIN is not set. `make test-end2end` builds the program and sets it. By hand: make build, then ' +
        'cd end2end && TUKU_BIN=../target/release/tuku npx playwright test',
    );
  }
  if (!existsSync(path)) {
    throw new Error(`TUKU_BIN names ${path}, which is not there. Build the program first: make build`);
  }
  return resolve(path);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') {
    throw new Error('no free port');
  }
  return address.port;
}

/**
 * The environment, less the settings of a Tuku that the one who runs the tests may have. Where the built site is
 * passes through; without it the program looks beside itself.
 */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('TUKU_'));
  const site = process.env.LEPTOS_SITE_ROOT;
  return { ...Object.fromEntries(kept), ...(site ? { LEPTOS_SITE_ROOT: resolve(site) } : {}), ...settings };
}

/** A running `tuku serve`. */
export class Program {
  private written = '';
  private code: Promise<number | null>;

  private constructor(
    /** Where it listens, without a slash at the end. */
    readonly url: string,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {
    const keep = (text: Buffer) => (this.written += text.toString());
    process.stdout?.on('data', keep);
    process.stderr?.on('data', keep);
    this.code = new Promise((ended) => process.once('exit', ended));
    process.once('error', (error) => (this.written += `\n${error.message}`));
  }

  /** Starts it and waits until it says that it is well. */
  static async start(): Promise<Program> {
    const bin = binary();
    const address = `127.0.0.1:${await freePort()}`;
    const folder = await mkdtemp(join(tmpdir(), 'tuku-end2end-'));
    const child = spawn(bin, ['serve'], {
      // Somewhere else, so that no tuku.toml of the clone is read.
      cwd: folder,
      env: environment({ TUKU_DATA_DIR: join(folder, 'data'), TUKU_ADDR: address }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = new Program(`http://${address}`, folder, child);
    await program.untilHealthy();
    return program;
  }

  /** All it wrote so far, without colours. */
  get output(): string {
    return this.written.replace(/\u001b\[[0-9;]*m/g, '');
  }

  /** The one-time link that makes the first admin, as the program printed it. */
  get adminLink(): string {
    const link = /https?:\/\/\S+\/setup\?token=[\w.~%-]+/.exec(this.output)?.[0];
    if (!link) {
      throw new Error(`The program printed no link to make the first admin:\n${this.output}`);
    }
    return link;
  }

  private async untilHealthy(): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline && this.process.exitCode === null) {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.status === 200) {
        return;
      }
      await pause(50);
    }
    this.process.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
    throw new Error(`The program did not become healthy at ${this.url}/health:\n${this.output}`);
  }

  /** Asks it to end, waits until it has, and answers its exit code. */
  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    const code = await Promise.race([this.code, pause(PATIENCE, 'late' as const, { ref: false })]);
    if (code === 'late') {
      this.process.kill('SIGKILL');
      await this.code;
    }
    await rm(this.folder, { recursive: true, force: true });
    if (code === 'late') {
      throw new Error(`The program did not end within ${PATIENCE / 1000} seconds of SIGTERM:\n${this.output}`);
    }
    return code;
  }
}

interface OfWorker {
  /** The test file's name for its program. Files that differ in it never share one. */
  story: string;
  /** The program of this test file. */
  program: Program;
}

export const test = base.extend<object, OfWorker>({
  story: ['', { scope: 'worker', option: true }],
  program: [
    async ({ story }, use) => {
      if (!story) {
        throw new Error("Name the file's program: test.use({ story: 'a-name-of-its-own' }).");
      }
      const program = await Program.start();
      await use(program);
      expect(await program.stop(), `SIGTERM ends the program cleanly; it wrote:\n${program.output}`).toBe(0);
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ program }, use) => use(program.url),
});
