/** The polynomial of gzip's CRC-32, its lowest power first, as the bits of a CRC are. */
const polynomial = 0xedb88320;

/** The CRC-32 of two texts that follow one another, from theirs and the shift of the second (RFC 1952, CRC32). */
export function combineCrc32(first: number, second: number, shiftOfSecond: number): number {
  return (multiply(shiftOfSecond, first) ^ second) >>> 0;
}

/** What a text of so many bytes does to the CRC of what stands before it: x to the power of its bits, modulo the polynomial. */
export function shiftOf(length: number): number {
  // 1, the lowest power, is the highest bit; x is the one below.
  let result = 0x80000000;
  let factor = 0x40000000;
  for (let rest = length * 8; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, factor);
    factor = multiply(factor, factor);
  }
  return result;
}

/** The product of two polynomials, modulo the polynomial. */
function multiply(one: number, other: number): number {
  let product = 0;
  let shifted = other;
  for (let bit = 31; bit >= 0; bit--) {
    if ((one >>> bit) & 1) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}

/** By byte, what it does to a CRC whose lowest byte it has been added to. */
export const crcTable = Int32Array.from({ length: 256 }, (_, byte) => multiply(byte, shiftOf(1)) | 0);

/** What a text does to a CRC in the register, as `shiftOf` says, by its four bytes: 256 numbers for each, the lowest first. */
export function createShiftTable(shift: number): Int32Array {
  const table = new Int32Array(4 * 256);
  for (let bit = 0; bit < 32; bit++) {
    const shifted = multiply(shift, 2 ** bit);
    const start = (bit >>> 3) * 256;
    // All bytes whose highest bit this is: that of the rest is there already.
    const least = 1 << (bit & 7);
    for (let rest = 0; rest < least; rest++) table[start + least + rest] = table[start + rest]! ^ shifted;
  }
  return table;
}
