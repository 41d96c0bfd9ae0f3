import type { MetricFamily } from '../model/metric-family.js';
import type { Encoder } from './format.js';
import { areSame } from './group-parts.js';
import { createPause } from './pause.js';
import { Page, type Piece } from './piece.js';
import { shareWork } from './share-work.js';

/** One format in one escaping, as it was last encoded: what has not changed is not encoded again. */
export class Representation {
  readonly #encoder: Encoder;
  readonly #encoded: (families: readonly MetricFamily[]) => Promise<readonly Piece[]>;
  #last: readonly Piece[] = [];

  constructor(encoder: Encoder) {
    this.#encoder = encoder;
    this.#encoded = shareWork((families) => this.#encodeAll(families));
  }

  /** Encodes families; who asks for the same list again gets the same pieces. */
  encode(families: readonly MetricFamily[]): Promise<readonly Piece[]> {
    return this.#encoded(families);
  }

  /** Encodes some of the families, which leaves alone what is remembered of all. */
  async encodeSome(families: readonly MetricFamily[]): Promise<readonly Piece[]> {
    const pieces: Piece[] = [];
    const pause = createPause();
    for (const piece of this.#encoder.encode(families)) {
      pieces.push(piece);
      // A page is rendered later.
      const pausing = pause(piece instanceof Page ? piece.values.byteLength : undefined);
      if (pausing) await pausing;
    }
    return pieces;
  }

  async #encodeAll(families: readonly MetricFamily[]): Promise<readonly Piece[]> {
    const pieces = await this.encodeSome(families);
    return areSame(pieces, this.#last) ? this.#last : (this.#last = pieces);
  }
}
