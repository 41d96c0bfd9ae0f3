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
