import { createGrouping, usualLength } from './group-parts.js';
import { createPause } from './pause.js';
import type { Piece } from './piece.js';
import { Sheet } from './sheet.js';

/** The bytes of a body in their order. A part that has not changed since the last time is the same object as then. */
export type Body = readonly Buffer[];

/** Makes bodies of pieces, with a memory of its own. */
export interface Compressor {
  compress(pieces: readonly Piece[]): Promise<Body>;
}

/** Up to here a copy costs less than to send more than one buffer, or to keep parts of it apart. */
const oneBufferLength = 256 * 1024;

/** Creates a function that puts short buffers that follow one another together; what is short altogether becomes one. */
export function createJoin(fullLength = usualLength, shortLength = oneBufferLength): (parts: Body) => Body {
  return createGrouping<Buffer, Buffer>({
    lengthOf: ({ length }) => length,
    combine: (parts) => (parts.length === 1 ? parts[0]! : Buffer.concat(parts)),
    fullLength,
    shortLength,
  });
}

/** Creates a function that renders pieces, and lets others have the event loop now and then. */
export function createRender(): (pieces: readonly Piece[]) => Promise<Body> {
  const join = createJoin();
  return async (pieces) => {
    const sheet = new Sheet();
    const pause = createPause();
    for (const piece of pieces) {
      const pausing = pause(sheet.add(piece));
      if (pausing) await pausing;
    }
    return join(sheet.finish());
  };
}

export function lengthOf(body: Body): number {
  return body.reduce((length, part) => length + part.length, 0);
}
