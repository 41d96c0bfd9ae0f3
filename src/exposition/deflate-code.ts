import { type Code, createCode } from './huffman.js';

/** Some bits to be written, and below them, in the lowest five bits, how many they are: 16 at most. */
export type Token = number;

const bitsOfCount = 5;
export const countMask = 31;

export function tokenOf(bits: number, count: number): Token {
  return (bits << bitsOfCount) | count;
}

/** Lengths or distances that share a symbol, and are told apart by some bits behind it. */
interface Range {
  readonly least: number;
  readonly extraBits: number;
}

/** RFC 1951, 3.2.5: ranges become twice as long at every so many symbols. */
function createRanges(least: number, perDoubling: number, count: number): readonly Range[] {
  const ranges: Range[] = [];
  for (let symbol = 0; symbol < count; symbol++) {
    const extraBits = Math.max(0, Math.floor(symbol / perDoubling) - 1);
    ranges.push({ least, extraBits });
    least += 2 ** extraBits;
  }
  return ranges;
}

const lengthRanges = [...createRanges(3, 4, 28), { least: 258, extraBits: 0 }];
const distanceRanges = createRanges(1, 2, 30);

export const shortestMatch = 3;
export const longestMatch = 258;
export const longestDistance = 32_768;

const endOfBlock = 256;
const firstLength = 257;
const literalCount = 286;
const distanceCount = 30;
const longestCode = 15;

/** The place of each length's range. */
const lengthSymbols = Uint8Array.from({ length: longestMatch + 1 }, (_, length) =>
  lengthRanges.findLastIndex(({ least }) => least <= length),
);
/** The place of each distance's range: of short ones by distance, of longer ones, which share it with many, by a part of it. */
const shortDistances = 256;
const distanceSymbols = Uint8Array.from({ length: 2 * shortDistances }, (_, index) => {
  const distance = index < shortDistances ? index + 1 : (index - shortDistances) * 128 + 1;
  return distanceRanges.findLastIndex(({ least }) => least <= distance);
});

export function distanceSymbolOf(distance: number): number {
  return distanceSymbols[distance <= shortDistances ? distance - 1 : shortDistances + ((distance - 1) >>> 7)]!;
}

/** How often each symbol occurs in a block. */
export class SymbolCounts {
  readonly literals: number[] = Array.from({ length: literalCount }, (_, symbol) => (symbol === endOfBlock ? 1 : 0));
  /** Two at least, so that a code can be made. */
  readonly distances: number[] = Array<number>(distanceCount).fill(1);

  addByte(byte: number): void {
    this.literals[byte]! += 1;
  }

  addLength(length: number): void {
    this.literals[firstLength + lengthSymbols[length]!]! += 1;
  }

  addDistance(distance: number): void {
    this.distances[distanceSymbolOf(distance)]! += 1;
  }
}

/** How all that a block may say is written: with codes of its own (RFC 1951, 3.2.7). */
export class BlockCode {
  /** What stands first in the block: that it is not the last one, that it has its own codes, and these. */
  readonly head: readonly Token[];
  /** What stands behind the block: its end, and an empty block, which ends at a whole byte. */
  readonly end: Token;
  /** By byte. */
  readonly bytes: Int32Array;
  /** By symbol; the extra bits follow. */
  readonly distances: Int32Array;
  readonly #literals: Code;

  constructor({ literals, distances }: SymbolCounts) {
    this.#literals = createCode(literals, longestCode);
    const distanceCode = createCode(distances, longestCode);
    this.head = writeHead(this.#literals.lengths, distanceCode.lengths);
    this.end = tokenFrom(this.#literals, endOfBlock);
    this.bytes = Int32Array.from({ length: endOfBlock }, (_, byte) => tokenFrom(this.#literals, byte));
    this.distances = Int32Array.from({ length: distanceCount }, (_, symbol) => tokenFrom(distanceCode, symbol));
  }

  lengthTokens(length: number): readonly Token[] {
    const symbol = lengthSymbols[length]!;
    const { least, extraBits } = lengthRanges[symbol]!;
    return [tokenFrom(this.#literals, firstLength + symbol), tokenOf(length - least, extraBits)];
  }
}

export const leastDistances = Int32Array.from(distanceRanges, ({ least }) => least);
export const extraDistanceBits = Uint8Array.from(distanceRanges, ({ extraBits }) => extraBits);

function tokenFrom({ bits, lengths }: Code, symbol: number): Token {
  return tokenOf(bits[symbol]!, lengths[symbol]!);
}

/** In which order the lengths of the codes of code lengths stand. */
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const longestCodeOfLengths = 7;
/** Symbols for several zeros in a row. */
const zeros = [
  { symbol: 18, least: 11, most: 138, extraBits: 7 },
  { symbol: 17, least: 3, most: 10, extraBits: 3 },
] as const;

function writeHead(literals: Uint8Array, distances: Uint8Array): readonly Token[] {
  const items = [...describeLengths([...literals, ...distances])];
  const counts = orderOfLengths.map(() => 0);
  // Two at least, so that a code can be made.
  for (const symbol of [0, 18, ...items.map(({ symbol }) => symbol)]) counts[symbol]! += 1;
  const code = createCode(counts, longestCodeOfLengths);
  return [
    tokenOf(0, 1),
    tokenOf(2, 2),
    tokenOf(literals.length - 257, 5),
    tokenOf(distances.length - 1, 5),
    tokenOf(orderOfLengths.length - 4, 4),
    ...orderOfLengths.map((symbol) => tokenOf(code.lengths[symbol]!, 3)),
    ...items.flatMap(({ symbol, extra, extraBits }) => [tokenFrom(code, symbol), tokenOf(extra, extraBits)]),
  ];
}

interface LengthItem {
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

function* describeLengths(lengths: readonly number[]): Iterable<LengthItem> {
  for (let at = 0; at < lengths.length;) {
    const next = lengths.findIndex((length, place) => place >= at && length !== 0);
    const run = (next === -1 ? lengths.length : next) - at;
    const kind = zeros.find(({ least }) => run >= least);
    if (kind === undefined) {
      yield { symbol: lengths[at]!, extra: 0, extraBits: 0 };
      at += 1;
    } else {
      const count = Math.min(run, kind.most);
      yield { symbol: kind.symbol, extra: count - kind.least, extraBits: kind.extraBits };
      at += count;
    }
  }
}
