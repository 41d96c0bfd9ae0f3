import { IntegerList } from './integer-list.js';

/** Hears of steps, in their order. */
export interface StepVisitor {
  /** The steps of the next text begin. */
  onText(): void;
  onByte(byte: number): void;
  /**
   * Bytes that stand in an earlier text, too.
   *
   * @param source which of the texts has them
   * @param offset how far further on they stand in this text than in that one
   */
  onMatch(length: number, source: number, offset: number): void;
}

/** Bytes come first: what stands above them begins a text, or a match of so much less. */
const textMark = 256;
const matchMark = 257;

/** Steps one behind the other. As objects they would be the most that a process ever holds. */
export class StepList {
  readonly #list = new IntegerList();

  clear(): void {
    this.#list.clear();
  }

  addText(): void {
    this.#list.push(textMark);
  }

  addByte(byte: number): void {
    this.#list.push(byte);
  }

  addMatch(length: number, source: number, offset: number): void {
    this.#list.push(matchMark + length);
    this.#list.push(source);
    this.#list.push(offset);
  }

  visit(visitor: StepVisitor): void {
    const list = this.#list;
    for (let at = 0; at < list.length; at++) {
      const step = list.at(at);
      if (step < textMark) visitor.onByte(step);
      else if (step === textMark) visitor.onText();
      else visitor.onMatch(step - matchMark, list.at(++at), list.at(++at));
    }
  }
}
