// What D1 does not take, told from a statement's text. The numbers are from D1's published limits.

const MOST_PARAMETERS = 100;
const MOST_BYTES = 100_000;

/** First words of statements that belong to a connection or to a transaction; D1 has batches instead. */
const REFUSED = new Set([
  'ATTACH', 'BEGIN', 'COMMIT', 'DETACH', 'END', 'PRAGMA', 'RELEASE', 'ROLLBACK', 'SAVEPOINT', 'VACUUM',
]);

/** The statement without comments, and with every string and quoted name emptied. */
function bare(sql) {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/g, (piece) =>
    piece.startsWith('--') || piece.startsWith('/*') ? ' ' : piece[0] === '[' ? '[]' : piece[0].repeat(2),
  );
}

/** How many values a statement takes: the highest number, or one for each bare `?`. */
export function parameters(sql) {
  let most = 0;
  for (const [, number] of bare(sql).matchAll(/\?(\d*)/g)) {
    most = number ? Math.max(most, Number(number)) : most + 1;
  }
  return most;
}

/** What is wrong with a statement, as sentences; none when D1 may be asked. */
export function problems(sql) {
  const text = bare(sql).trim();
  const wrong = [];
  const first = /^[a-z]+/i.exec(text)?.[0].toUpperCase();
  if (first === undefined) {
    wrong.push('This is not a statement.');
  } else if (REFUSED.has(first)) {
    wrong.push(`D1 takes no ${first}.`);
  }
  if (/;\s*\S/.test(text)) {
    wrong.push('D1 prepares one statement at a time; a second one follows the “;”.');
  }
  if (/[:@$][a-z_]/i.test(text)) {
    wrong.push('D1 binds numbered parameters only: write ?1, ?2.');
  }
  if (parameters(sql) > MOST_PARAMETERS) {
    wrong.push(`It takes ${parameters(sql)} values; D1 takes at most ${MOST_PARAMETERS}.`);
  }
  if (Buffer.byteLength(sql) > MOST_BYTES) {
    wrong.push(`It has ${Buffer.byteLength(sql)} bytes; D1 takes at most ${MOST_BYTES}.`);
  }
  return wrong;
}

/**
 * Where the plan of a statement goes through all pictures, as sentences. How many rows there are is not known to it, so
 * SQLite may take the status of pictures for as good a way in as the gallery they are in. A statement that means to says
 * so by naming the pictures first in a crossed join.
 */
export function detours(sql, plan) {
  const crossed = sql.matchAll(/\bFROM\s+\w+\s+(\w+)\s+CROSS\s+JOIN\b/gi);
  const meant = new Set([...crossed].map(([, alias]) => alias));
  return plan
    .map((step) => /^SEARCH (\w+) USING .*\bimages_status \(upload_status=\?\)$/.exec(step))
    .filter((found) => found && !meant.has(found[1]))
    .map(([step]) => `It goes through all pictures: “${step}”. Cross its joins, so that they run from the few to the many.`);
}
