/** What a piece is made of; as long as that is the same, so is the piece. */
export interface Origin {
  readonly from: object;
  /** What of it is shown, where not all of it is. */
  readonly part: number | undefined;
  /** All else that the piece depends on. */
  readonly state: string;
}

interface Piece {
  readonly state: string;
  readonly bytes: Buffer;
}

type Remember = (origin: Origin, make: () => Buffer) => Buffer;

/** Creates a function that makes a piece, or gives the last one made of the same; it forgets with what they are made from. */
export function createPieceMemory(): Remember {
  const whole = new WeakMap<object, Piece>();
  const parts: WeakMap<object, Piece>[] = [];
  return ({ from, part, state }, make) => {
    const known = part === undefined ? whole : (parts[part] ??= new WeakMap());
    const piece = known.get(from);
    if (piece?.state === state) return piece.bytes;
    const bytes = make();
    known.set(from, { state, bytes });
    return bytes;
  };
}
