import { setImmediate } from 'node:timers/promises';
import type { MetricFamily } from '../model/metric-family.js';
import { type Body, joinShort } from './body.js';
import type { Encoder } from './format.js';
import { shareWork } from './share-work.js';

/** How long the event loop may be held, in milliseconds. */
const sliceMilliseconds = 3;

/** One format in one escaping, as it was last rendered: what has not changed is not rendered again. */
export class Representation {
  readonly #encoder: Encoder;
  readonly #rendered: (families: readonly MetricFamily[]) => Promise<Body>;
  #lastBody: Body = [];

  constructor(encoder: Encoder) {
    this.#encoder = encoder;
    this.#rendered = shareWork((families) => this.#renderAll(families));
  }

  /** Renders all families; who asks for the same list again gets the same body. */
  render(families: readonly MetricFamily[]): Promise<Body> {
    return this.#rendered(families);
  }

  /** Renders some of the families, which leaves alone what is remembered of all. */
  renderSome(families: readonly MetricFamily[]): Promise<Body> {
    return renderParts(this.#encoder.encode(families));
  }

  async #renderAll(families: readonly MetricFamily[]): Promise<Body> {
    const parts = await renderParts(this.#encoder.encode(families));
    const before = this.#lastBody;
    const body = parts.map((part, index) => (before[index]?.equals(part) ? before[index] : part));
    const isSame = body.length === before.length && body.every((part, index) => part === before[index]);
    return isSame ? before : (this.#lastBody = body);
  }
}

/** Renders piece by piece, and lets others have the event loop now and then. */
async function renderParts(pieces: Iterable<Buffer>): Promise<Body> {
  const parts: Buffer[] = [];
  let began = performance.now();
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() - began > sliceMilliseconds) {
      await setImmediate();
      began = performance.now();
    }
  }
  return joinShort(parts);
}
