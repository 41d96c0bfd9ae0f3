import { createShiftTable, crcTable, shiftOf } from './crc32.js';
import {
  BlockCode,
  countMask,
  distanceSymbolOf,
  extraDistanceBits,
  leastDistances,
  SymbolCounts,
  type Token,
  tokenOf,
} from './deflate-code.js';
import { Deflated } from './deflated.js';
import { longestNumber, type Match, matchTexts, type Step } from './match-texts.js';
import { formatNumber } from './number.js';
import { writeNumber } from './write-number.js';

// What a step of a template is, where it is not a token: in the same bits as the count there.
const numberKind = 29;
const distanceKind = 30;
const previousKind = 31;
const mostBits = 16;
// What is imported is looked up each time, which is much in the innermost loops.
const kindMask = countMask;

/** Tables that many texts need, by their length. */
export class ShiftTables {
  readonly #tables = new Map<number, Int32Array>();

  of(length: number): Int32Array {
    let table = this.#tables.get(length);
    if (table === undefined) this.#tables.set(length, (table = createShiftTable(shiftOf(length))));
    return table;
  }
}

/** Room that one template after the other needs for its work. */
export class Scratch {
  tokens = new Int32Array(0);
  bytes = Buffer.alloc(0);
  /** Of one number. */
  readonly digits = new Uint8Array(longestNumber);
  /** Where each text begins. */
  starts = new Int32Array(0);
  /** In the register, behind all of the text. */
  crc = 0;

  fit(tokens: number, texts: number): void {
    if (this.tokens.length < tokens) {
      this.tokens = new Int32Array(tokens);
      this.bytes = Buffer.alloc(2 * tokens + 8);
    }
    if (this.starts.length < texts) this.starts = new Int32Array(texts);
  }
}

/**
 * Deflates text whose numbers change and nothing else: what is said of the rest is worked out once, and put together with the
 * digits of the numbers.
 */
export class DeflateTemplate {
  readonly #code: BlockCode;
  readonly #program: Int32Array;
  readonly #lengths: Int32Array;
  readonly #crcs: Int32Array;
  readonly #tables: readonly Int32Array[];

  /** @param numbers those of today, of which one stands between each two texts; the others will be like them */
  constructor(texts: readonly Buffer[], numbers: Float64Array, tables: ShiftTables) {
    const steps = matchTexts(texts);
    this.#code = new BlockCode(countSymbols(steps, texts, numbers));
    this.#program = writeProgram(steps, this.#code);
    this.#lengths = Int32Array.from(texts, ({ length }) => length);
    this.#crcs = Int32Array.from(texts, crcOf);
    this.#tables = texts.map(({ length }) => tables.of(length));
  }

  /** Deflates the text with these numbers. */
  deflate(numbers: Float64Array, scratch: Scratch): Deflated {
    scratch.fit(2 * this.#program.length + numbers.length * longestNumber, this.#lengths.length + 1);
    const count = this.#resolve(numbers, scratch);
    const end = this.#lengths.length - 1;
    const length = scratch.starts[end]! + this.#lengths[end]!;
    return new Deflated(pack(scratch, count), length, ~scratch.crc >>> 0);
  }

  /** Makes tokens of all steps, and the CRC on the way; gives how many. All that is used for each number is at hand. */
  #resolve(numbers: Float64Array, scratch: Scratch): number {
    const { tokens, starts, digits } = scratch;
    const program = this.#program;
    const lengths = this.#lengths;
    const crcs = this.#crcs;
    const tables = this.#tables;
    const { bytes, distances } = this.#code;
    const leasts = leastDistances;
    const extraBits = extraDistanceBits;
    const ofByte = crcTable;
    let count = 0;
    let text = 0;
    let crc = -1;
    starts[0] = 0;
    for (let at = 0; at < program.length; at++) {
      const step = program[at]!;
      const kind = step & kindMask;
      if (kind <= mostBits) tokens[count++] = step;
      else if (kind === numberKind) {
        crc = addText(crc, tables[text]!, crcs[text]!);
        const digitCount = writeNumber(numbers[text]!, digits);
        for (let place = 0; place < digitCount; place++) {
          const byte = digits[place]!;
          tokens[count++] = bytes[byte]!;
          crc = ofByte[(crc ^ byte) & 255]! ^ (crc >>> 8);
        }
        starts[text + 1] = starts[text]! + lengths[text]! + digitCount;
        text += 1;
      } else {
        const source = kind === distanceKind ? program[++at]! : text - 1;
        const distance = starts[text]! - starts[source]! + (step >> 5);
        const symbol = distanceSymbolOf(distance);
        tokens[count++] = distances[symbol]!;
        tokens[count++] = tokenOf(distance - leasts[symbol]!, extraBits[symbol]!);
      }
    }
    scratch.crc = addText(crc, tables[text]!, crcs[text]!);
    return count;
  }
}

/** The CRC in the register behind a text, by its table and what it leaves where nothing was before it. */
function addText(crc: number, table: Int32Array, own: number): number {
  return table[crc & 255]! ^ table[256 + ((crc >>> 8) & 255)]! ^ table[512 + ((crc >>> 16) & 255)]! ^ table[768 + (crc >>> 24)]! ^ own;
}

/** An empty block that is stored begins at a whole byte (RFC 1951, 3.2.4): its length, and that once more. */
const storedNothing = [0, 0, 255, 255];

/** Writes tokens one behind the other, and then an empty block, which ends at a whole byte. */
function pack({ tokens, bytes }: Scratch, count: number): Buffer {
  let held = 0;
  let heldBits = 0;
  let at = 0;
  for (let place = 0; place < count; place++) {
    const token = tokens[place]!;
    held |= (token >>> 5) << heldBits;
    heldBits += token & kindMask;
    if (heldBits < 16) continue;
    bytes[at++] = held;
    bytes[at++] = held >>> 8;
    held >>>= 16;
    heldBits -= 16;
  }
  for (; heldBits > 0; heldBits -= 8, held >>>= 8) bytes[at++] = held;
  for (const byte of storedNothing) bytes[at++] = byte;
  // They are a piece of what is used again.
  return Buffer.from(bytes.subarray(0, at));
}

/** In the register, beginning with nothing in it. */
function crcOf(text: Buffer): number {
  let crc = 0;
  for (const byte of text) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return crc;
}

/** What numbers are made of: also what today's are not. */
const digitBytes = Buffer.from('0123456789.e+-NaInf');

function countSymbols(steps: readonly (readonly Step[])[], texts: readonly Buffer[], numbers: Float64Array): SymbolCounts {
  const counts = new SymbolCounts();
  for (const byte of digitBytes) counts.addByte(byte);
  const starts: number[] = [];
  let start = 0;
  for (const [text, own] of steps.entries()) {
    starts.push(start);
    for (const step of own) {
      if (typeof step === 'number') counts.addByte(step);
      else {
        counts.addLength(step.length);
        counts.addDistance(start - starts[step.source]! + step.offset);
      }
    }
    const digits = text < numbers.length ? Buffer.from(formatNumber(numbers[text]!)) : [];
    for (const byte of digits) counts.addByte(byte);
    start += texts[text]!.length + digits.length;
  }
  return counts;
}

function writeProgram(steps: readonly (readonly Step[])[], code: BlockCode): Int32Array {
  const program = new TokenList();
  for (const token of code.head) program.add(token);
  for (const [text, own] of steps.entries()) {
    if (text > 0) program.addAlone(numberKind);
    for (const step of own) {
      if (typeof step === 'number') program.add(code.bytes[step]!);
      else addMatch(program, code, step, text);
    }
  }
  program.add(code.end);
  // The empty block behind it: neither the last one nor compressed.
  program.add(tokenOf(0, 3));
  return program.finish();
}

function addMatch(program: TokenList, code: BlockCode, { length, source, offset }: Match, text: number): void {
  for (const token of code.lengthTokens(length)) program.add(token);
  if (source === text - 1) program.addAlone((offset << 5) | previousKind);
  else program.addAlone((offset << 5) | distanceKind, source);
}

/** Puts tokens that follow one another into as few as they fit into. */
class TokenList {
  readonly #steps: number[] = [];
  #bits = 0;
  #count = 0;

  add(token: Token): void {
    const count = token & kindMask;
    if (this.#count + count > mostBits) this.#flush();
    this.#bits |= (token >>> 5) << this.#count;
    this.#count += count;
  }

  /** Adds what is no token. */
  addAlone(...steps: readonly number[]): void {
    this.#flush();
    this.#steps.push(...steps);
  }

  finish(): Int32Array {
    this.#flush();
    return Int32Array.from(this.#steps);
  }

  #flush(): void {
    if (this.#count > 0) this.#steps.push(tokenOf(this.#bits, this.#count));
    [this.#bits, this.#count] = [0, 0];
  }
}
