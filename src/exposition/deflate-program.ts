import { BlockCode, countMask, SymbolCounts, type Token, tokenOf } from './deflate-code.js';
import { IntegerList } from './integer-list.js';
import { longestNumber, matchTexts } from './match-texts.js';
import { StepList } from './step-list.js';
import { writeNumber } from './write-number.js';

/** What a step of a program is, where it is not a token of so many bits at most: in the same bits as the count there. */
export const kinds = { mostBits: 16, number: 29, distance: 30, previous: 31 } as const;

/** Room that one program after the other is made in. */
export class ProgramRoom {
  readonly steps = new StepList();
  readonly tokens = new TokenList();
}

/** What deflates texts with numbers between them. */
export interface Program {
  readonly code: BlockCode;
  readonly program: Int32Array;
}

/** Works out what can be said of texts before their numbers are known; today's say which code is short. */
export function compileProgram(texts: readonly Buffer[], numbers: Float64Array, { steps, tokens }: ProgramRoom): Program {
  matchTexts(texts, steps);
  const code = new BlockCode(countSymbols(steps, texts, numbers));
  return { code, program: writeProgram(steps, code, tokens) };
}

/** What numbers are made of: also what today's are not. */
const digitBytes = Buffer.from('0123456789.e+-NaInf');

function countSymbols(steps: StepList, texts: readonly Buffer[], numbers: Float64Array): SymbolCounts {
  const counts = new SymbolCounts();
  for (const byte of digitBytes) counts.addByte(byte);
  const starts = findStarts(texts, numbers, counts);
  let text = -1;
  steps.visit({
    onText: () => void (text += 1),
    onByte: (byte) => counts.addByte(byte),
    onMatch(length, source, offset) {
      counts.addLength(length);
      counts.addDistance(starts[text]! - starts[source]! + offset);
    },
  });
  return counts;
}

/** Counts what the numbers are made of, and tells where each text begins behind them. */
function findStarts(texts: readonly Buffer[], numbers: Float64Array, counts: SymbolCounts): readonly number[] {
  const digits = new Uint8Array(longestNumber);
  let start = 0;
  return texts.map(({ length }, text) => {
    const own = start;
    const count = text < numbers.length ? writeNumber(numbers[text]!, digits) : 0;
    for (let place = 0; place < count; place++) counts.addByte(digits[place]!);
    start += length + count;
    return own;
  });
}

function writeProgram(steps: StepList, code: BlockCode, tokens: TokenList): Int32Array {
  tokens.clear();
  for (const token of code.head) tokens.add(token);
  let text = -1;
  steps.visit({
    onText() {
      text += 1;
      if (text > 0) tokens.addAlone(kinds.number);
    },
    onByte: (byte) => tokens.add(code.bytes[byte]!),
    onMatch(length, source, offset) {
      for (const token of code.lengthTokens(length)) tokens.add(token);
      tokens.addAlone((offset << 5) | (source === text - 1 ? kinds.previous : kinds.distance));
      if (source !== text - 1) tokens.addAlone(source);
    },
  });
  tokens.add(code.end);
  // The empty block behind it: neither the last one nor compressed.
  tokens.add(tokenOf(0, 3));
  return tokens.finish();
}

/** Puts tokens that follow one another into as few as they fit into. */
class TokenList {
  readonly #list = new IntegerList();
  #bits = 0;
  #count = 0;

  clear(): void {
    this.#list.clear();
    this.#bits = this.#count = 0;
  }

  add(token: Token): void {
    const count = token & countMask;
    if (this.#count + count > kinds.mostBits) this.#flush();
    this.#bits |= (token >>> 5) << this.#count;
    this.#count += count;
  }

  /** Adds what is no token. */
  addAlone(step: number): void {
    this.#flush();
    this.#list.push(step);
  }

  finish(): Int32Array {
    this.#flush();
    return this.#list.toArray();
  }

  #flush(): void {
    if (this.#count > 0) this.#list.push(tokenOf(this.#bits, this.#count));
    this.#bits = this.#count = 0;
  }
}
