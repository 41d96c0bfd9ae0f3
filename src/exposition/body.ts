/** The bytes of a body in their order. A part that has not changed since the last time is the same object as then. */
export type Body = readonly Buffer[];

/** Compresses bodies, with a memory of its own. */
export interface Compressor {
  compress(body: Body): Promise<Body>;
}

/** What is longer stands for itself, since putting it together with others would cost a copy. */
const longLength = 16 * 1024;
/** Short parts are put together until they have this length. */
const fullLength = 32 * 1024;

/** Puts short parts that follow one another together: each part costs a write, and where it is compressed, more. */
export function joinShort(parts: Body): Body {
  const joined: Buffer[] = [];
  let short: Buffer[] = [];
  let length = 0;
  const flush = (): void => {
    if (length > 0) joined.push(Buffer.concat(short, length));
    short = [];
    length = 0;
  };
  for (const part of parts) {
    if (part.length >= longLength) {
      flush();
      joined.push(part);
      continue;
    }
    short.push(part);
    length += part.length;
    if (length >= fullLength) flush();
  }
  flush();
  return joined;
}

export function lengthOf(body: Body): number {
  return body.reduce((length, part) => length + part.length, 0);
}
