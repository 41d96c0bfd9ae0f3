import { shiftOf } from './crc32.js';

/**
 * Deflated text of whole bytes, which others may follow. A class, since V8 moves literals that are mostly alive into its old
 * generation for good, and dead ones there hold their bytes.
 */
export class Deflated {
  readonly bytes: Buffer;
  /** Of the text. */
  readonly length: number;
  readonly crc: number;
  /** What the text does to the CRC of what stands before it. */
  readonly shift: number;

  constructor(bytes: Buffer, length: number, crc: number) {
    this.bytes = bytes;
    this.length = length;
    this.crc = crc;
    this.shift = shiftOf(length);
  }
}
