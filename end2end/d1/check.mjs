// Tries the migrations and every SQL statement of the program on a local Cloudflare D1 (wrangler's), offline.
//
//   node d1/check.mjs [statements.json]
//
// The statements are a JSON array of strings: the file's, else what `$TUKU_BIN statements` prints. Each is prepared
// as `EXPLAIN …` with null for every parameter, so nothing is read or written, yet names, syntax and limits count, and
// the way that D1 plans to take through the tables.
// Ends with "N passed, M failed"; exits 1 when anything failed.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { detours, parameters, problems } from './rules.mjs';

const migrations = process.env.TUKU_MIGRATIONS ?? fileURLToPath(new URL('../../migrations', import.meta.url));
const databaseId = '00000000-0000-4000-8000-000000000001';
const require = createRequire(import.meta.url);
const wrangler = require.resolve('wrangler/package.json');

function statements(file) {
  const bin = process.env.TUKU_BIN;
  if (!file && !bin) {
    throw new Error('Name a JSON file of statements, or set TUKU_BIN to the built program (make test-d1 does both).');
  }
  const text = file ? readFileSync(file, 'utf8') : execFileSync(bin, ['statements'], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const list = JSON.parse(text);
  if (!Array.isArray(list) || list.length === 0 || list.some((sql) => typeof sql !== 'string')) {
    throw new Error('The statements are to be a JSON array of strings, with at least one in it.');
  }
  return list;
}

function applyMigrations(home) {
  if (!existsSync(migrations)) {
    throw new Error(`There is no folder ${migrations}.`);
  }
  writeFileSync(
    join(home, 'wrangler.toml'),
    `name = "tuku"
compatibility_date = "2025-01-01"

[[d1_databases]]
binding = "DB"
database_name = "tuku"
database_id = "${databaseId}"
migrations_dir = ${JSON.stringify(migrations)}
`,
  );
  try {
    execFileSync(process.execPath, [join(dirname(wrangler), 'bin/wrangler.js'), 'd1', 'migrations', 'apply', 'tuku', '--local'], {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CI: '1',
        NO_COLOR: '1',
        XDG_CONFIG_HOME: home,
        // The banner is what asks the registry for a newer version.
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_SEND_ERROR_REPORTS: 'false',
        WRANGLER_SEND_METRICS: 'false',
      },
    });
  } catch (error) {
    throw new Error(`wrangler could not apply the migrations:\n${error.stdout ?? ''}${error.stderr ?? error}`);
  }
}

/** Opens the D1 that wrangler wrote, without a wrangler process for each statement. */
async function openDatabase(home) {
  const { Miniflare } = await import(pathToFileURL(createRequire(wrangler).resolve('miniflare')).href);
  const runtime = new Miniflare({
    modules: true,
    script: 'export default { fetch() { return new Response(null); } };',
    cf: false,
    d1Databases: { DB: databaseId },
    d1Persist: join(home, '.wrangler/state/v3/d1'),
  });
  return { runtime, database: await runtime.getD1Database('DB') };
}

/** What is wrong with a statement: our own rules first, then D1's word. */
async function tried(database, sql) {
  const wrong = problems(sql);
  if (wrong.length > 0) {
    return wrong;
  }
  try {
    const nulls = Array(parameters(sql)).fill(null);
    await database.prepare(`EXPLAIN ${sql}`).bind(...nulls).all();
    const plan = await database.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...nulls).all();
    return detours(sql, plan.results.map(({ detail }) => detail));
  } catch (error) {
    return [error.message];
  }
}

async function check(file) {
  const list = statements(file);
  const home = mkdtempSync(join(tmpdir(), 'tuku-d1-'));
  let runtime;
  try {
    applyMigrations(home);
    console.log('ok: the migrations apply');
    const opened = await openDatabase(home);
    runtime = opened.runtime;
    const results = await Promise.all(list.map((sql) => tried(opened.database, sql)));
    const failed = results.filter((wrong) => wrong.length > 0).length;
    for (const [at, wrong] of results.entries()) {
      if (wrong.length > 0) {
        console.log(`\nFAILED: statement ${at + 1}\n${list[at].trim().replace(/^/gm, '    ')}\n  ${wrong.join('\n  ')}`);
      }
    }
    return { passed: list.length - failed + 1, failed };
  } finally {
    await runtime?.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

let outcome;
try {
  outcome = await check(process.argv[2]);
} catch (error) {
  console.log(`\nFAILED: ${error.message}`);
  outcome = { passed: 0, failed: 1 };
}
console.log(`\n${outcome.passed} passed, ${outcome.failed} failed`);
process.exitCode = outcome.failed > 0 ? 1 : 0;
