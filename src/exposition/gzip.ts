import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { combineCrc32, shiftOf } from './crc32.js';
import { type Body, type Compressor, createJoin, lengthOf, oneBufferLength } from './body.js';

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

// Deflate, no flags, no time, fastest, unknown system (RFC 1952, 2.3.1).
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]);
/** An empty last block. */
const lastBlock = Buffer.from([3, 0]);

interface Deflated {
  readonly bytes: Buffer;
  readonly length: number;
  readonly crc: number;
  /** What it does to the CRC of what stands before it. */
  readonly shift: number;
}

/** Compresses bodies; parts that were compressed before are not compressed again. */
export class Gzip implements Compressor {
  readonly #deflated = new WeakMap<Buffer, Deflated>();
  readonly #join = createJoin(oneBufferLength);

  async compress(body: Body): Promise<Body> {
    const fresh = body.filter((part) => !this.#deflated.has(part));
    if (lengthOf(fresh) <= smallLength) for (const part of fresh) this.#remember(part, deflateRawSync(part, options));
    else await this.#deflateAll(fresh);
    return this.#join(createMember(body.map((part) => this.#deflated.get(part)!)));
  }

  async #deflateAll(parts: Body): Promise<void> {
    const rest = parts.values();
    const work = async (): Promise<void> => {
      for (const part of rest) {
        const chunkSize = Math.max(Math.ceil(part.length / expectedRatio), smallestBuffer);
        this.#remember(part, await deflate(part, { ...options, chunkSize }));
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, work));
  }

  #remember(part: Buffer, bytes: Buffer): void {
    // They may be a piece of a much longer buffer.
    this.#deflated.set(part, { bytes: Buffer.from(bytes), length: part.length, crc: crc32(part), shift: shiftOf(part.length) });
  }
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
