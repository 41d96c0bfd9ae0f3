import { formatNumber } from './number.js';

const [zero, point, minus] = Buffer.from('0.-') as unknown as readonly [number, number, number];
/** Thousandths of what is less fit into 32 bits. */
const fastLimit = 2_000_000;
/** What is less is written with an exponent. */
const leastPlain = 1e-6;

/**
 * Writes a sample's value as `formatNumber` does, into bytes, and gives how many they are. Strings of numbers are kept by V8 where
 * only a search of all of the memory finds them, so that none is made of most.
 */
export function writeNumber(value: number, bytes: Uint8Array): number {
  if (value > 0 && value < fastLimit) {
    const thousandths = Math.round(value * 1_000);
    if (thousandths / 1_000 === value) return writeThousandths(thousandths, bytes);
    // Other than `String`, this makes a string that is kept nowhere.
    if (value >= leastPlain) return writePlain(value.toExponential(), bytes);
  }
  return writeText(formatNumber(value), bytes);
}

function writeThousandths(thousandths: number, bytes: Uint8Array): number {
  const whole = Math.floor(thousandths / 1_000);
  let rest = thousandths - whole * 1_000;
  let at = writeWhole(whole, bytes);
  if (rest === 0) return at;
  bytes[at++] = point;
  for (let unit = 100; rest > 0; unit /= 10) {
    const digit = Math.floor(rest / unit);
    bytes[at++] = zero + digit;
    rest -= digit * unit;
  }
  return at;
}

function writeWhole(whole: number, bytes: Uint8Array): number {
  let length = 1;
  for (let limit = 10; whole >= limit; limit *= 10) length += 1;
  for (let at = length - 1; at >= 0; at--) {
    const tenth = Math.floor(whole / 10);
    bytes[at] = zero + whole - tenth * 10;
    whole = tenth;
  }
  return length;
}

/** Moves the point of a number that has one digit before it, and an exponent of one digit, to where it belongs; digits follow it. */
function writePlain(text: string, bytes: Uint8Array): number {
  const end = text.indexOf('e');
  const magnitude = text.charCodeAt(end + 2) - zero;
  const exponent = text.charCodeAt(end + 1) === minus ? -magnitude : magnitude;
  let at = 0;
  if (exponent < 0) {
    bytes[at++] = zero;
    bytes[at++] = point;
    for (let left = -1; left > exponent; left--) bytes[at++] = zero;
  }
  for (let place = 0, digit = 0; place < end; place++) {
    const byte = text.charCodeAt(place);
    if (byte === point) continue;
    bytes[at++] = byte;
    if (digit++ === exponent) bytes[at++] = point;
  }
  return at;
}

function writeText(text: string, bytes: Uint8Array): number {
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return text.length;
}
