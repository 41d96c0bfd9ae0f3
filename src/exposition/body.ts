/** The bytes of a body in their order. A part that has not changed since the last time is the same object as then. */
export type Body = readonly Buffer[];

/** Compresses bodies, with a memory of its own. */
export interface Compressor {
  compress(body: Body): Promise<Body>;
}

/** Short parts are put together until they have this length. */
const usualLength = 32 * 1024;
/** From this length on, what was there before and what is new are kept apart. */
const leastLength = 4 * 1024;
/** Up to here a copy costs less than to send more than one buffer. */
export const oneBufferLength = 256 * 1024;

/**
 * Creates a function that puts short parts that follow one another together: each part costs a write, and where it is
 * compressed, more. As long as the parts are the same, so is what they make; parts that change each time are mostly put
 * together with their like only. What is short is one part.
 *
 * @param fullLength what is half as long stands for itself, since putting it together with others would cost a copy
 */
export function createJoin(fullLength = usualLength): (parts: Body) => Body {
  const seen = new WeakSet<Buffer>();
  /** By the first part. */
  const made = new WeakMap<Buffer, { readonly parts: Body; readonly whole: Buffer }>();

  function makeWhole(parts: Body): Buffer {
    const [first = Buffer.alloc(0)] = parts;
    if (parts.length <= 1) return first;
    const before = made.get(first);
    if (before !== undefined && areSame(before.parts, parts)) return before.whole;
    const whole = Buffer.concat(parts);
    made.set(first, { parts, whole });
    return whole;
  }

  return (parts) => {
    // To keep the parts of what is short apart costs more than it saves.
    const length = lengthOf(parts);
    if (length <= fullLength) return length === 0 ? [] : [makeWhole(parts.filter((part) => part.length > 0))];
    const joined: Buffer[] = [];
    let short: Buffer[] = [];
    let shortLength = 0;
    let isLastNew = false;
    const flush = (): void => {
      if (shortLength > 0) joined.push(makeWhole(short));
      short = [];
      shortLength = 0;
    };
    for (const part of parts) {
      if (part.length === 0) continue;
      if (part.length >= fullLength / 2) {
        flush();
        joined.push(part);
        continue;
      }
      const isNew = !seen.has(part);
      if (isNew) seen.add(part);
      if (shortLength >= fullLength || (shortLength >= leastLength && isNew !== isLastNew)) flush();
      short.push(part);
      shortLength += part.length;
      isLastNew = isNew;
    }
    flush();
    return joined;
  };
}

/** Makes one buffer of a body that is short. */
export function joinIfShort(body: Body): Body {
  return body.length > 1 && lengthOf(body) <= oneBufferLength ? [Buffer.concat(body)] : body;
}

/** Whether two bodies have the same parts. */
export function areSame(one: Body, other: Body): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

export function lengthOf(body: Body): number {
  return body.reduce((length, part) => length + part.length, 0);
}
