import { type Text, writeText } from './bytes.js';

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
  readonly values: Float64Array;
  readonly #findShape: () => Shape;
  readonly #render: () => Text;
  #shape: Shape | undefined;
  /** Has the bytes once they are written, and maybe others' before and behind them. */
  #written: Buffer | undefined;
  #start = 0;
  #end = 0;

  constructor(findShape: () => Shape, values: Float64Array, render: () => Text) {
    this.values = values;
    this.#findShape = findShape;
    this.#render = render;
  }

  /** Found when somebody asks for it. */
  get shape(): Shape {
    return (this.#shape ??= this.#findShape());
  }

  get isWritten(): boolean {
    return this.#written !== undefined;
  }

  /** Written once, and kept. */
  get bytes(): Buffer {
    const written = this.#written ?? this.keep(this.write());
    const length = this.#end - this.#start;
    if (written.length === length) return written;
    // A page that is asked for again may stay as it is for long, and is not to keep the others' bytes.
    const own = Buffer.allocUnsafeSlow(length);
    written.copy(own, 0, this.#start, this.#end);
    return this.keep(own);
  }

  render(): Text {
    return this.#render();
  }

  /** The bytes for somebody who does not keep them. */
  write(): Buffer {
    return this.#written === undefined ? writeText(this.#render()) : this.bytes;
  }

  /** Keeps what was written, maybe together with others. */
  keep(written: Buffer, start = 0, end = written.length): Buffer {
    this.#start = start;
    this.#end = end;
    return (this.#written = written);
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
