import type { MetricFamily } from '../model/metric-family.js';
import type { Encoder } from './format.js';
import { PartMemory } from './part-memory.js';
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
  const memory = new PartMemory<readonly Piece[]>();

  function* encodeAnew(shown: ShownFamily): Iterable<Piece> {
    const pieces: Piece[] = [];
    for (const piece of encode(shown)) {
      pieces.push(piece);
      yield piece;
    }
    memory.set(shown.family, shown.onlyPart, pieces);
  }

  return {
    *encode(families) {
      for (const shown of show(families)) yield* memory.get(shown.family, shown.onlyPart) ?? encodeAnew(shown);
      if (end !== undefined) yield end;
    },
  };
}
