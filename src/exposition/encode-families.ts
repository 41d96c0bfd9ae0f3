import type { MetricFamily } from '../model/metric-family.js';
import { FamilyMemory } from './family-memory.js';
import type { Encoder } from './format.js';
import type { Piece } from './piece.js';
import type { ShownFamily } from './show-families.js';

/** How a format encodes families, one by one. */
interface FamilyEncoding {
  readonly show: (families: readonly MetricFamily[]) => readonly ShownFamily[];
  readonly encode: (shown: ShownFamily) => Iterable<Piece>;
  /** What stands behind all of them. */
  readonly end?: Buffer;
}

/** Creates an encoder that does not look again at families that have not changed. */
export function createFamilyEncoder({ show, encode, end }: FamilyEncoding): Encoder {
  const memory = new FamilyMemory();
  return {
    *encode(families) {
      memory.turn();
      for (const shown of show(families)) {
        const known = memory.get(shown);
        if (known !== undefined) {
          for (const piece of known) yield piece;
          continue;
        }
        const pieces: Piece[] = [];
        for (const piece of encode(shown)) {
          pieces.push(piece);
          yield piece;
        }
        memory.set(shown, pieces);
      }
      if (end !== undefined) yield end;
    },
  };
}
