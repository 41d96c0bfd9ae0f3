/** Long enough that joining costs nothing, short enough that what a piece was put together from is soon garbage. */
const pieceLength = 16_384;

/** Text on its way to bytes. */
export class Page {
  readonly #pieces: Buffer[] = [];
  #text = '';

  add(text: string): void {
    this.#text += text;
    if (this.#text.length > pieceLength) this.#flush();
  }

  toBuffer(): Buffer {
    this.#flush();
    return Buffer.concat(this.#pieces);
  }

  #flush(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }
}
