import { createGrouping, usualLength } from './group-parts.js';
import { createPause } from './pause.js';
import { bytesOf, type Piece } from './piece.js';

/** The bytes of a body in their order. A part that has not changed since the last time is the same object as then. */
export type Body = readonly Buffer[];

/** Makes bodies of pieces, with a memory of its own. */
export interface Compressor {
  compress(pieces: readonly Piece[]): Promise<Body>;
}

/** Up to here a copy costs less than to send more than one buffer. */
export const oneBufferLength = 256 * 1024;

/**
 * Creates a function that puts short buffers that follow one another together; what is short altogether becomes one.
 *
 * @param shortLength up to which length it is
 */
export function createJoin(fullLength = usualLength, shortLength = fullLength): (parts: Body) => Body {
  return createGrouping<Buffer, Buffer>({
    lengthOf: ({ length }) => length,
    combine: (parts) => (parts.length === 1 ? parts[0]! : Buffer.concat(parts)),
    fullLength,
    // To keep the parts of what is short apart costs more than it saves.
    shortLength,
  });
}

/** Creates a function that renders pieces, and lets others have the event loop now and then. */
export function createRender(): (pieces: readonly Piece[]) => Promise<Body> {
  const join = createJoin();
  return async (pieces) => {
    const rendered: Buffer[] = [];
    const pause = createPause();
    for (const piece of pieces) {
      const bytes = bytesOf(piece);
      rendered.push(bytes);
      const pausing = pause(bytes.length);
      if (pausing) await pausing;
    }
    return join(rendered);
  };
}

/** Makes one buffer of a body that is short. */
export function joinIfShort(body: Body): Body {
  return body.length > 1 && lengthOf(body) <= oneBufferLength ? [Buffer.concat(body)] : body;
}

export function lengthOf(body: Body): number {
  return body.reduce((length, part) => length + part.length, 0);
}
