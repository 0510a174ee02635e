// What a page has sent to it over the network: how many bytes, of what kind, and when, as Chromium counts them,
// compressed as they came. Headers are a kind of their own, but those of pictures.
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds without a request under way after which nothing more is expected. */
const QUIET = 600;
const PATIENCE = 60_000;

function kindOf(type, mime) {
  if (type === 'Image') return 'picture';
  if (mime === 'application/wasm') return 'wasm';
  if (mime.endsWith('javascript')) return 'script';
  return { Document: 'page', Stylesheet: 'style' }[type] ?? 'other';
}

export class Traffic {
  #requests = new Map();
  #underWay = new Set();
  #changed = Date.now();
  #clock;

  /** Of a page, by a session of its own. */
  static async of(page) {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.requestWillBeSent', (event) => traffic.#began(event));
    session.on('Network.responseReceived', ({ requestId, timestamp, type, response }) => {
      const request = traffic.#requests.get(requestId);
      if (!request) return;
      request.kind = kindOf(type, response.mimeType);
      request.pieces.push({ at: timestamp, bytes: response.encodedDataLength, isHead: request.kind !== 'picture' });
    });
    session.on('Network.dataReceived', ({ requestId, timestamp, encodedDataLength }) => {
      traffic.#came(requestId, timestamp, encodedDataLength);
    });
    session.on('Network.loadingFinished', (event) => traffic.#ended(event));
    session.on('Network.loadingFailed', (event) => traffic.#ended({ ...event, encodedDataLength: 0 }));
    return traffic;
  }

  #began({ requestId, timestamp, wallTime, redirectResponse }) {
    // The network's clock counts from somewhere; the page's from its own start.
    this.#clock ??= wallTime - timestamp;
    if (redirectResponse) this.#came(requestId, timestamp, redirectResponse.encodedDataLength);
    else this.#requests.set(requestId, { kind: 'other', pieces: [] });
    this.#underWay.add(requestId);
    this.#changed = Date.now();
  }

  #came(id, at, bytes) {
    this.#requests.get(id)?.pieces.push({ at, bytes });
  }

  /** What was not told piece by piece is told at the end. */
  #ended({ requestId, timestamp, encodedDataLength }) {
    const told = this.#requests.get(requestId)?.pieces.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
    this.#came(requestId, timestamp, Math.max(0, encodedDataLength - told));
    this.#underWay.delete(requestId);
    this.#changed = Date.now();
  }

  /** Bytes of each kind, until a moment in milliseconds since 1970. */
  until(moment = Infinity) {
    const last = moment / 1000 - this.#clock;
    const sums = { page: 0, style: 0, script: 0, wasm: 0, picture: 0, other: 0, headers: 0 };
    for (const { kind, pieces } of this.#requests.values()) {
      for (const { at, bytes, isHead } of pieces) sums[isHead ? 'headers' : kind] += at <= last ? bytes : 0;
    }
    return sums;
  }

  /** Waits so many milliseconds, and then until nothing is under way. */
  async quiet(least) {
    await pause(least);
    const deadline = Date.now() + PATIENCE;
    while (this.#underWay.size || Date.now() - this.#changed < QUIET) {
      if (Date.now() > deadline) throw new Error('The page does not come to rest.');
      await pause(50);
    }
  }
}
