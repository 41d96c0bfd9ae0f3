import { createShiftTable, crcTable, shiftOf } from './crc32.js';
import { type BlockCode, countMask, distanceSymbolOf, extraDistanceBits, leastDistances, tokenOf } from './deflate-code.js';
import { compileProgram, kinds, ProgramRoom } from './deflate-program.js';
import { Deflated } from './deflated.js';
import { longestNumber } from './match-texts.js';
import { writeNumber } from './write-number.js';

// What is imported is looked up each time, which is much in the innermost loops.
const kindMask = countMask;
const { mostBits, number: numberKind, distance: distanceKind } = kinds;

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
  /** To be made in. */
  readonly program = new ProgramRoom();
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
  constructor(
    texts: readonly Buffer[],
    numbers: Float64Array,
    { tables, scratch }: { readonly tables: ShiftTables; readonly scratch: Scratch },
  ) {
    ({ code: this.#code, program: this.#program } = compileProgram(texts, numbers, scratch.program));
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
