/** Short parts are put together until they have this length. */
export const usualLength = 32 * 1024;

interface Grouping<Part extends object, Whole> {
  readonly lengthOf: (part: Part) => number;
  readonly combine: (parts: readonly Part[]) => Whole;
  /** What is half as long stands for itself, since putting it together with others would cost a copy. */
  readonly fullLength?: number;
  /** From this length on, what was there before and what is new are kept apart. */
  readonly leastLength?: number;
  /** All parts become one if they are no longer than that together. */
  readonly shortLength?: number;
}

/**
 * Creates a function that puts short parts that follow one another together: each part costs a write, and where it is
 * compressed, more. As long as the parts are the same, so is what they make; parts that change each time are mostly put
 * together with their like only.
 */
export function createGrouping<Part extends object, Whole extends object>({
  lengthOf,
  combine,
  fullLength = usualLength,
  leastLength = 4 * 1024,
  shortLength = 0,
}: Grouping<Part, Whole>): (parts: readonly Part[]) => readonly Whole[] {
  const seen = new WeakSet<Part>();
  // By the first part, of the last time only: what weak maps hold outlives many short collections of garbage.
  let before = new Map<Part, Made<Part, Whole>>();

  return (all) => {
    const made = new Map<Part, Made<Part, Whole>>();
    const makeWhole = (parts: readonly Part[]): Whole => {
      const known = before.get(parts[0]!);
      const whole = known !== undefined && areSame(known.parts, parts) ? known.whole : combine(parts);
      made.set(parts[0]!, new Made(parts, whole));
      return whole;
    };
    const wholes = group(all, makeWhole);
    before = made;
    return wholes;
  };

  function group(all: readonly Part[], makeWhole: (parts: readonly Part[]) => Whole): readonly Whole[] {
    const parts = all.filter((part) => lengthOf(part) > 0);
    const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
    if (length <= shortLength) return length === 0 ? [] : [makeWhole(parts)];
    const wholes: Whole[] = [];
    let first = 0;
    let gathered = 0;
    let isLastNew = false;
    const flush = (end: number): void => {
      if (end > first) wholes.push(makeWhole(parts.slice(first, end)));
      first = end;
      gathered = 0;
    };
    for (const [at, part] of parts.entries()) {
      const own = lengthOf(part);
      if (own >= fullLength / 2) {
        flush(at);
        flush(at + 1);
        continue;
      }
      const isNew = !seen.has(part);
      if (isNew) seen.add(part);
      if (gathered >= fullLength || (gathered >= leastLength && isNew !== isLastNew)) flush(at);
      gathered += own;
      isLastNew = isNew;
    }
    flush(parts.length);
    return wholes;
  }
}

/** A class, since V8 moves literals that are mostly alive into its old generation for good, and dead ones there hold their parts. */
class Made<Part, Whole> {
  readonly parts: readonly Part[];
  readonly whole: Whole;

  constructor(parts: readonly Part[], whole: Whole) {
    this.parts = parts;
    this.whole = whole;
  }
}

/** Whether two lists have the same items. */
export function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
