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
    this.#encoded = shareWork((families) => this.#encode(families, (pieces) => this.#remember(pieces)));
  }

  /** Encodes families; who asks for the same list again gets the same pieces. */
  encode(families: readonly MetricFamily[]): Promise<readonly Piece[]> {
    return this.#encoded(families);
  }

  /** Encodes some of the families, which leaves alone what is remembered of all. */
  encodeSome(families: readonly MetricFamily[]): Promise<readonly Piece[]> {
    return this.#encode(families, (pieces) => pieces);
  }

  async #encode(families: readonly MetricFamily[], finish: (pieces: readonly Piece[]) => readonly Piece[]): Promise<readonly Piece[]> {
    const pieces: Piece[] = [];
    const pause = createPause();
    for (const piece of this.#encoder.encode(families)) {
      pieces.push(piece);
      // A page is rendered later.
      const pausing = pause(piece instanceof Page ? piece.values.byteLength : undefined);
      if (pausing) await pausing;
    }
    return finish(pieces);
  }

  #remember(pieces: readonly Piece[]): readonly Piece[] {
    return areSame(pieces, this.#last) ? this.#last : (this.#last = pieces);
  }
}
