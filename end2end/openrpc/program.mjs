// The program under test, on a free port with a data folder of its own, and calls to it.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long the program may take to answer. */
const PATIENCE = 20_000;

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts it and waits until it is well. */
export async function start() {
  const bin = process.env.TUKU_BIN;
  if (!bin) {
    throw new Error('Set TUKU_BIN to the built program (make test-openrpc does).');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tuku-openrpc-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  // Less the settings of a Tuku that the one who runs this may have.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TUKU_')));
  const child = spawn(resolve(bin), ['serve'], {
    cwd: folder,
    env: { ...environment, TUKU_DATA_DIR: join(folder, 'data'), TUKU_ADDR: url.slice('http://'.length), TUKU_IMPORT_FROM_PRIVATE: 'on' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => (written += text));
  }
  const ended = new Promise((done) => child.once('exit', done).once('error', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(PATIENCE, undefined, { ref: false })]);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline && child.exitCode === null; await pause(50)) {
    const health = await fetch(`${url}/health`).catch(() => undefined);
    if (health?.status === 200) {
      return { url, stop, setupToken: () => /\/setup\?token=([\w.~%-]+)/.exec(written)?.[1], output: () => written };
    }
  }
  await stop();
  throw new Error(`The program did not become healthy:\n${written}`);
}

/** Calls a method; answers its result and the cookie it set. Headers say who calls. */
export async function call(program, method, params, headers = {}) {
  const response = await fetch(`${program.url}/api/rpc`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) {
    throw new Error(`${method} was refused: ${JSON.stringify(error)}`);
  }
  return { result, cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])[0] };
}
