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
      made.set(parts[0]!, { parts, whole });
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
    let short: Part[] = [];
    let gathered = 0;
    let isLastNew = false;
    const flush = (): void => {
      if (gathered > 0) wholes.push(makeWhole(short));
      short = [];
      gathered = 0;
    };
    for (const part of parts) {
      const own = lengthOf(part);
      if (own >= fullLength / 2) {
        flush();
        wholes.push(makeWhole([part]));
        continue;
      }
      const isNew = !seen.has(part);
      if (isNew) seen.add(part);
      if (gathered >= fullLength || (gathered >= leastLength && isNew !== isLastNew)) flush();
      short.push(part);
      gathered += own;
      isLastNew = isNew;
    }
    flush();
    return wholes;
  }
}

interface Made<Part, Whole> {
  readonly parts: readonly Part[];
  readonly whole: Whole;
}

/** Whether two lists have the same items. */
export function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
