import { longestDistance, longestMatch } from './deflate-code.js';
import type { StepList } from './step-list.js';

/** What is shorter is not worth a match elsewhere. */
const leastLength = 4;
/** No number is longer, written out. */
export const longestNumber = 25;

const hashBits = 13;

/**
 * Writes texts as deflate does, but where numbers stand between them that are known only later: what stood before is looked for in
 * the texts alone, and never so far away that the longest numbers would bring it out of reach. The steps take the place of what is
 * in the list.
 */
export function matchTexts(texts: readonly Buffer[], steps: StepList): void {
  const all = Buffer.concat(texts);
  const starts = [0];
  for (const [index, { length }] of texts.entries()) starts.push(starts[index]! + length);
  const places = new Int32Array(2 ** hashBits).fill(-1);
  const sources = new Int32Array(2 ** hashBits);

  function lengthAt(place: number, source: number, at: number, end: number): number {
    const most = Math.min(starts[source + 1]! - place, end - at, longestMatch);
    let length = 0;
    while (length < most && all[place + length] === all[at + length]) length += 1;
    return length;
  }

  function addSteps(index: number): void {
    const [start, end] = [starts[index]!, starts[index + 1]!];
    const isNear = (place: number, source: number, at: number): boolean => at - place + (index - source) * longestNumber <= longestDistance;
    // Mostly the text before is the same but for some digits.
    let gap = index === 0 ? Infinity : start - starts[index - 1]!;
    for (let at = start; at < end;) {
      let length = 0;
      let source = index - 1;
      let place = at - gap;
      if (place >= starts[source]! && place < start && isNear(place, source, at)) length = lengthAt(place, source, at, end);
      const hash = at + leastLength <= end ? hashOf(all, at) : -1;
      const found = places[hash] ?? -1;
      if (found >= 0 && isNear(found, sources[hash]!, at)) {
        const other = lengthAt(found, sources[hash]!, at, end);
        if (other > length + 1) {
          length = other;
          source = sources[hash]!;
          place = found;
        }
      }
      if (length >= leastLength) {
        if (source === index - 1) gap = at - place;
        steps.addMatch(length, source, at - start - (place - starts[source]!));
      } else {
        length = 1;
        steps.addByte(all[at]!);
      }
      for (const next = at + length; at < next; at++) {
        if (at + leastLength > end) continue;
        const known = hashOf(all, at);
        places[known] = at;
        sources[known] = index;
      }
    }
  }

  steps.clear();
  for (const index of texts.keys()) {
    steps.addText();
    addSteps(index);
  }
}

function hashOf(bytes: Buffer, at: number): number {
  const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(four, 0x9e3779b1) >>> (32 - hashBits);
}
