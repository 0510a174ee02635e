// Holds what the site says of its methods against the truth: the OpenRPC document against its meta-schema, the
// examples of /developers by running them, and what they answer against the document.
//
//   TUKU_BIN=target/release/tuku node openrpc/check.mjs
//
// Every method's example runs in curl, some in JavaScript and Python too. Ends with "N passed, M failed"; exits 1 when
// anything failed.

import Ajv from 'ajv';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { call, start } from './program.mjs';
import { Member, elsewhere, real } from './world.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Methods that run in every language: without a proof, with a token, with a cookie. */
const IN_EVERY_LANGUAGE = ['gallery.listPublic', 'image.update', 'token.list'];

const RUNNERS = {
  curl: (text) => ['sh', ['-c', text]],
  javascript: (text) => [process.execPath, ['--input-type=module', '-e', text]],
  python: (text) => ['python3', ['-c', text]],
};

let passed = 0;
let failed = 0;

/** Runs one check and counts it. */
async function check(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`\nFAILED: ${name}\n  ${error.message.replaceAll('\n', '\n  ')}`);
  }
}

function expect(holds, words) {
  if (!holds) {
    throw new Error(words);
  }
}

/** A schema that came as a CommonJS module, without the name of the draft it is written in, which is draft 7. */
function published(name) {
  const module = require(name);
  const { $schema, ...schema } = module.default ?? module;
  return schema;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** Throws what a schema has against a value. */
function holdAgainst(validate, value) {
  if (!validate(value)) {
    const all = validate.errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
    throw new Error([...new Set(all)].slice(0, 12).join('\n'));
  }
}

/** The examples of the page: by method, then by language. */
function examples(html) {
  const decoded = (text) =>
    text
      .replace(/<!--.*?-->|<!>/gs, '')
      .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi, (_, hex, decimal, name) =>
        name ? { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name] : String.fromCodePoint(hex ? parseInt(hex, 16) : decimal),
      );
  const found = {};
  for (const [, attributes, text] of html.matchAll(/<pre\b([^>]*)><code>(.*?)<\/code>/gs)) {
    const read = (name) => new RegExp(`\\bdata-${name}="([^"]*)"`).exec(attributes)?.[1];
    const [language, method] = [read('example'), read('method')];
    if (language && method) {
      (found[method] ??= {})[language] = decoded(text);
    }
  }
  return found;
}

/** The example with true values in place of those it shows. */
function substituted(text, params, values) {
  for (const [name, value] of Object.entries(params)) {
    const shown = [value].flat();
    const truth = [values[name] ?? value].flat();
    shown.forEach((old, at) => (text = text.replaceAll(JSON.stringify(old), JSON.stringify(truth[at] ?? old))));
  }
  return text;
}

/** Runs an example; answers what it printed. */
async function runExample(language, text, proofs) {
  const [command, args] = RUNNERS[language](text);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_PROXY: '*', no_proxy: '*', ...proofs };
  const { stdout } = await run(command, args, { env, timeout: 30_000, maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

async function everything(program) {
  const document = (await call(program, 'rpc.discover', {})).result;
  await check('the document is an OpenRPC document', () => {
    ajv.addSchema(published('@json-schema-tools/meta-schema'), 'https://meta.json-schema.tools');
    holdAgainst(ajv.compile(published('@open-rpc/meta-schema')), document);
  });

  const html = await (await fetch(`${program.url}/developers`)).text();
  const shown = examples(html);
  const admin = await Member.register(program, { username: 'owner', setupToken: program.setupToken() });
  const other = await elsewhere();
  const world = { program, admin, spare: await Member.register(program), other };
  const token = await admin.token(['read', 'pictures', 'galleries', 'social', 'admin']);

  for (const method of document.methods) {
    const { name, params, result } = method;
    const example = method['x-example'];
    const named = { components: document.components };
    await check(`the example of ${name} fits its own params`, () => {
      const properties = Object.fromEntries(params.map((param) => [param.name, param.schema]));
      const required = params.filter((param) => param.required).map((param) => param.name);
      const schema = { ...named, type: 'object', additionalProperties: false, properties, required };
      holdAgainst(ajv.compile(schema), example);
    });
    const languages = IN_EVERY_LANGUAGE.includes(name) ? Object.keys(RUNNERS) : ['curl'];
    await check(`/developers shows ${name} in every language`, () => {
      const missing = Object.keys(RUNNERS).filter((language) => !shown[name]?.[language]);
      expect(missing.length === 0, `It lacks ${missing.join(' and ')}.`);
    });
    for (const language of languages) {
      await check(`the example of ${name} in ${language}`, async () => {
        const { values, cookie } = await real(name, example, world);
        const text = substituted(shown[name][language], example, values);
        const answer = await runExample(language, text, { TUKU_TOKEN: token, TUKU_COOKIE: cookie });
        expect(answer.result !== undefined, `It was refused: ${JSON.stringify(answer.error)}\n${text}`);
        holdAgainst(ajv.compile({ ...named, allOf: [result.schema] }), answer.result);
      });
    }
    if (name === 'settings.update') {
      await admin.ok('settings.update', { registration: 'open', quota: 0 });
    }
  }
  other.stop();
}

const program = await start();
try {
  await everything(program);
} catch (error) {
  failed += 1;
  console.log(`\nFAILED: ${error.stack}\n${program.output().slice(-2_000)}`);
} finally {
  await program.stop();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
