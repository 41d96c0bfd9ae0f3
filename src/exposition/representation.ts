import { setImmediate } from 'node:timers/promises';
import type { MetricFamily } from '../model/metric-family.js';
import { areSame, type Body, createJoin } from './body.js';
import type { Encoder } from './format.js';
import { shareWork } from './share-work.js';

/** How long the event loop may be held, in milliseconds. */
const sliceMilliseconds = 3;

/** One format in one escaping, as it was last rendered: what has not changed is not rendered again. */
export class Representation {
  readonly #encoder: Encoder;
  readonly #rendered: (families: readonly MetricFamily[]) => Promise<Body>;
  readonly #join = createJoin();
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
  async renderSome(families: readonly MetricFamily[]): Promise<Body> {
    return createJoin()(await renderPieces(this.#encoder.encode(families)));
  }

  async #renderAll(families: readonly MetricFamily[]): Promise<Body> {
    const body = this.#join(await renderPieces(this.#encoder.encode(families)));
    return areSame(body, this.#lastBody) ? this.#lastBody : (this.#lastBody = body);
  }
}

/** Renders piece by piece, and lets others have the event loop now and then. */
async function renderPieces(pieces: Iterable<Buffer>): Promise<Body> {
  const rendered: Buffer[] = [];
  let began = performance.now();
  for (const piece of pieces) {
    rendered.push(piece);
    if (performance.now() - began > sliceMilliseconds) {
      await setImmediate();
      began = performance.now();
    }
  }
  return rendered;
}
