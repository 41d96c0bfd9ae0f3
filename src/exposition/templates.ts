import type { Deflated } from './deflated.js';
import { DeflateTemplate, Scratch, ShiftTables } from './deflate-template.js';
import { areSame } from './group-parts.js';
import { type Outline, Page, type Piece } from './piece.js';

/** Texts of one shape, as they were met so far. */
interface Known {
  /** Of each piece; of bytes themselves. */
  readonly shapes: readonly object[];
  /** Undefined where it is not worth one. */
  readonly template?: DeflateTemplate | undefined;
  /** Where the numbers of each piece are among its values. */
  readonly places?: readonly Int32Array[];
}

/** How many lists that begin with the same shape are remembered: which pieces change together differs from scrape to scrape. */
const mostVariants = 8;
/** Longer texts would need more tables than they are worth. */
const longestText = 4_096;

/** Deflates by templates what changes again and again in its numbers only. */
export class Templates {
  /** By the first shape, the latest one first. */
  readonly #known = new WeakMap<object, readonly Known[]>();
  readonly #tables = new ShiftTables();
  readonly #scratch = new Scratch();
  #numbers = new Float64Array(0);

  /** Deflates pieces whose shapes have come before, in this order; undefined for others, and where it is not worth it. */
  deflate(pieces: readonly Piece[]): Deflated | undefined {
    const shapes = pieces.map(shapeOf);
    const variants = this.#known.get(shapes[0]!) ?? [];
    let known = variants.find((variant) => areSame(variant.shapes, shapes));
    if (known?.places !== undefined) return known.template?.deflate(this.#gather(pieces, known.places), this.#scratch);
    const others = variants.filter((variant) => variant !== known).slice(0, mostVariants - 1);
    known = known === undefined ? { shapes } : this.#create(shapes, pieces);
    this.#known.set(shapes[0]!, [known, ...others]);
    return known.template?.deflate(this.#gather(pieces, known.places ?? []), this.#scratch);
  }

  #create(shapes: readonly object[], pieces: readonly Piece[]): Known {
    const outlines = pieces.map(outlineOf);
    const places = outlines.map((outline) => Int32Array.from(outline.places));
    const texts = joinTexts(outlines).map((text) => Buffer.from(text));
    if (texts.length === 1 || texts.some(({ length }) => length > longestText)) return { shapes, places };
    return {
      shapes,
      places,
      template: new DeflateTemplate(texts, this.#gather(pieces, places), { tables: this.#tables, scratch: this.#scratch }),
    };
  }

  /** Puts the numbers of all pieces one behind the other. */
  #gather(pieces: readonly Piece[], places: readonly Int32Array[]): Float64Array {
    const count = places.reduce((sum, { length }) => sum + length, 0);
    if (count > this.#numbers.length) this.#numbers = new Float64Array(count);
    const numbers = this.#numbers;
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      if (!(piece instanceof Page)) continue;
      const { values } = piece;
      for (const place of places[index]!) numbers[at++] = values[place]!;
    }
    return numbers.subarray(0, count);
  }
}

function shapeOf(piece: Piece): object {
  return piece instanceof Page ? piece.shape : piece;
}

function outlineOf(piece: Piece): Outline {
  return piece instanceof Page ? piece.shape.describe() : { texts: [piece.toString()], places: [] };
}

/** What stands behind the last number of a piece and before the first one of the next is one text. */
function joinTexts(outlines: readonly Outline[]): readonly string[] {
  const joined: string[] = [''];
  for (const { texts } of outlines) {
    const [first = '', ...others] = texts;
    joined[joined.length - 1] += first;
    joined.push(...others);
  }
  return joined;
}
