import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { type Body, type Compressor, createJoin } from './body.js';
import { combineCrc32 } from './crc32.js';
import { Deflated } from './deflated.js';
import { createGrouping } from './group-parts.js';
import { createPause } from './pause.js';
import { expectedLengthOf, Page, type Piece } from './piece.js';
import { Templates } from './templates.js';

const deflate = promisify(deflateRaw);

// Level 1: the levels above cost many times more, and metrics do not get much smaller. A memLevel above 7 costs twice as much for
// nothing.
// Each part ends at a whole byte, so that parts can follow one another (RFC 1951, 3.2.4).
const options = { level: 1, memLevel: 7, finishFlush: constants.Z_SYNC_FLUSH };

/** Up to here the event loop is held for two milliseconds at most, and a thread of the pool would take longer. */
const smallLength = 1024 * 1024;
/** As many as the pool has threads: more would only take memory. */
const mostAtOnce = 4;
/** Metrics get smaller than that; a buffer that is too small costs another turn of the pool. */
const expectedRatio = 3;
const smallestBuffer = 1024;
/** To deflate what has not changed again costs more than another part. */
const leastGroupLength = 512;

/** Of what is sent as one buffer: each costs the server a turn, and what has not changed is not put together again. */
const fullLength = 1024 * 1024;

// Deflate, no flags, no time, fastest, unknown system (RFC 1952, 2.3.1).
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]);
/** An empty last block. */
const lastBlock = Buffer.from([3, 0]);

/** Pieces that are deflated together, once. */
class Group {
  readonly pieces: readonly Piece[];
  deflated: Deflated | undefined;

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
  }
}

/** Compresses bodies; what was compressed before is not compressed again. */
export class Gzip implements Compressor {
  readonly #templates = new Templates();
  readonly #group = createGrouping<Piece, Group>({
    lengthOf: expectedLengthOf,
    combine: (pieces) => new Group(pieces),
    leastLength: leastGroupLength,
  });
  readonly #join = createJoin(fullLength);

  async compress(pieces: readonly Piece[]): Promise<Body> {
    const groups = this.#group(pieces);
    const fresh = groups.filter(({ deflated }) => deflated === undefined);
    const rest = await this.#deflateByTemplates(fresh);
    if (expectLength(rest) <= smallLength) await this.#deflateHere(rest);
    else await this.#deflateOnPool(rest);
    return this.#join(createMember(groups.map(({ deflated }) => deflated!)));
  }

  /** Gives those that there is no template for. */
  async #deflateByTemplates(groups: readonly Group[]): Promise<readonly Group[]> {
    const rest: Group[] = [];
    const pause = createPause();
    for (const group of groups) {
      // Another body that has it may have been compressed in the meantime.
      group.deflated ??= this.#templates.deflate(group.pieces);
      if (group.deflated === undefined) rest.push(group);
      const pausing = pause();
      if (pausing) await pausing;
    }
    return rest;
  }

  async #deflateHere(groups: readonly Group[]): Promise<void> {
    const pause = createPause();
    for (const group of groups) {
      const text = render(group);
      group.deflated = describe(text, deflateRawSync(text, options));
      const pausing = pause();
      if (pausing) await pausing;
    }
  }

  async #deflateOnPool(groups: readonly Group[]): Promise<void> {
    const rest = groups.values();
    const pause = createPause();
    const work = async (): Promise<void> => {
      for (const group of rest) {
        const text = render(group);
        const chunkSize = Math.max(Math.ceil(text.length / expectedRatio), smallestBuffer);
        const pausing = pause();
        if (pausing) await pausing;
        group.deflated = describe(text, await deflate(text, { ...options, chunkSize }));
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, work));
  }
}

function describe(text: Buffer, bytes: Buffer): Deflated {
  // They may be a piece of a much longer buffer.
  return new Deflated(Buffer.from(bytes), text.length, crc32(text));
}

function expectLength(groups: readonly Group[]): number {
  return groups.reduce((sum, { pieces }) => pieces.reduce((own, piece) => own + expectedLengthOf(piece), sum), 0);
}

/** The text is not kept: what it is deflated to is. */
function render({ pieces }: Group): Buffer {
  const texts = pieces.map((piece) => (piece instanceof Page ? piece.write() : piece));
  return texts.length === 1 ? texts[0]! : Buffer.concat(texts);
}

/** Makes one gzip member of all parts: not all readers know that there may be several. */
function createMember(parts: readonly Deflated[]): Body {
  let [crc, length] = [0, 0];
  for (const part of parts) {
    crc = combineCrc32(crc, part.crc, part.shift);
    length += part.length;
  }
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc, 0);
  end.writeUInt32LE(length % 2 ** 32, 4);
  return [head, ...parts.map(({ bytes }) => bytes), lastBlock, end];
}
