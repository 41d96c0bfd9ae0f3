import { writeAscii, writeText } from './bytes.js';
import { bytesOf, Page, type Piece } from './piece.js';

/** A text that is longer is written for itself. */
const longestText = 2 * 1024;
/** A page keeps all that was written together with it until it is asked for again. */
const fullLength = 8 * 1024;

/** Writes pieces one after the other; short ones together, since to write each for itself costs more than to make it. */
export class Sheet {
  readonly #parts: Buffer[] = [];
  /** Of the pages that are gathered to be written. */
  #text = '';
  readonly #pages: Page[] = [];
  /** Where the texts of these pages end. */
  readonly #ends: number[] = [];

  /** Returns how many bytes the piece has. */
  add(piece: Piece): number {
    if (!(piece instanceof Page) || piece.isWritten) return this.#put(bytesOf(piece));
    const text = piece.render();
    const { length } = text.text;
    if (!text.isAscii || length > longestText) return this.#put(piece.keep(writeText(text)));
    this.#text += text.text;
    this.#pages.push(piece);
    this.#ends.push(this.#text.length);
    if (this.#text.length >= fullLength) this.#flush();
    return length;
  }

  /** All that was added. */
  finish(): readonly Buffer[] {
    this.#flush();
    return this.#parts;
  }

  #put(bytes: Buffer): number {
    this.#flush();
    this.#parts.push(bytes);
    return bytes.length;
  }

  #flush(): void {
    if (this.#pages.length === 0) return;
    const bytes = writeAscii(this.#text);
    let start = 0;
    for (const [index, page] of this.#pages.entries()) {
      const end = this.#ends[index]!;
      page.keep(bytes, start, end);
      start = end;
    }
    this.#parts.push(bytes);
    this.#text = '';
    this.#pages.length = this.#ends.length = 0;
  }
}
