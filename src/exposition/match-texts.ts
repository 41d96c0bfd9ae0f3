import { longestDistance, longestMatch } from './deflate-code.js';

/** Bytes that stand in an earlier text, too. */
export interface Match {
  readonly length: number;
  /** Which of the texts has them. */
  readonly source: number;
  /** How far further on they stand in this text than in that one. */
  readonly offset: number;
}

/** A byte, or many that stood somewhere before. */
export type Step = number | Match;

/** What is shorter is not worth a match elsewhere. */
const leastLength = 4;
/** No number is longer, written out. */
export const longestNumber = 25;

const hashBits = 13;

/**
 * Writes texts as deflate does, but where numbers stand between them that are known only later: what stood before is looked for in
 * the texts alone, and never so far away that the longest numbers would bring it out of reach.
 */
export function matchTexts(texts: readonly Buffer[]): readonly (readonly Step[])[] {
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

  function* stepsOf(index: number): Iterable<Step> {
    const [start, end] = [starts[index]!, starts[index + 1]!];
    const isNear = (place: number, source: number, at: number): boolean => at - place + (index - source) * longestNumber <= longestDistance;
    // Mostly the text before is the same but for some digits.
    let gap = index === 0 ? Infinity : start - starts[index - 1]!;
    for (let at = start; at < end;) {
      let match: Match | undefined;
      let place = at - gap;
      if (place >= starts[index - 1]! && place < start && isNear(place, index - 1, at)) {
        match = { length: lengthAt(place, index - 1, at, end), source: index - 1, offset: gap - (start - starts[index - 1]!) };
      }
      const hash = at + leastLength <= end ? hashOf(all, at) : -1;
      const source = sources[hash] ?? 0;
      place = places[hash] ?? -1;
      if (place >= 0 && isNear(place, source, at)) {
        const length = lengthAt(place, source, at, end);
        if (length > (match?.length ?? 0) + 1) match = { length, source, offset: at - start - (place - starts[source]!) };
      }
      if (match !== undefined && match.length < leastLength) match = undefined;
      const next = at + (match?.length ?? 1);
      if (match?.source === index - 1) gap = start - starts[index - 1]! + match.offset;
      yield match ?? all[at]!;
      for (; at < next; at++) {
        if (at + leastLength > end) continue;
        const known = hashOf(all, at);
        places[known] = at;
        sources[known] = index;
      }
    }
  }

  return texts.map((_, index) => [...stepsOf(index)]);
}

function hashOf(bytes: Buffer, at: number): number {
  const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return Math.imul(four, 0x9e3779b1) >>> (32 - hashBits);
}
