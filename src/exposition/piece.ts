/** What some text is made of beside its numbers: the same object as long as only these change. */
export interface Shape {
  /** About how many bytes the text has. */
  readonly expectedLength: number;
  describe(): Outline;
}

/** Numbers in a text, one after the other. */
export interface Outline {
  /** What stands before each number, and then what stands behind the last one. */
  readonly texts: readonly string[];
  /** Where the numbers are among the values, in the order of the text. */
  readonly places: readonly number[];
}

/** A piece of text that is rendered when somebody needs its bytes, since who compresses it may not. */
export class Page {
  readonly shape: Shape;
  readonly values: Float64Array;
  readonly #render: () => Buffer;
  #bytes: Buffer | undefined;

  constructor(shape: Shape, values: Float64Array, render: () => Buffer) {
    this.shape = shape;
    this.values = values;
    this.#render = render;
  }

  /** Rendered once, and kept. */
  get bytes(): Buffer {
    return (this.#bytes ??= this.#render());
  }

  /** The bytes for somebody who does not keep them. */
  render(): Buffer {
    return this.#bytes ?? this.#render();
  }
}

/** A piece of a body. What has not changed since the last time is the same object as then. */
export type Piece = Buffer | Page;

export function bytesOf(piece: Piece): Buffer {
  return piece instanceof Page ? piece.bytes : piece;
}

/** How many bytes a piece has, or about how many, without rendering it. */
export function expectedLengthOf(piece: Piece): number {
  return piece instanceof Page ? piece.shape.expectedLength : piece.length;
}
