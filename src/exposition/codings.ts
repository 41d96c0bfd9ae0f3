import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { type Compressor, createRender } from './body.js';
import { Gzip } from './gzip.js';

/** A content coding. */
export interface Coding {
  readonly name: string;
  createCompressor(): Compressor;
}

// High enough to be worth more than gzip, low enough not to take longer.
const brotliQuality = 4;

/** The one that Prometheus asks for comes first. */
export const codings: readonly Coding[] = [
  { name: 'gzip', createCompressor: () => new Gzip() },
  ...createZstd(),
  {
    name: 'br',
    createCompressor: () => {
      const compress = promisify(zlib.brotliCompress);
      const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: brotliQuality };
      return createWhole((bytes) => compress(bytes, { params }));
    },
  },
];

export const identity: Coding = {
  name: 'identity',
  createCompressor: () => ({ compress: createRender() }),
};

/** Compresses all anew whenever anything has changed. */
function createWhole(compress: (bytes: Buffer) => Promise<Buffer>): Compressor {
  const render = createRender();
  return { compress: async (pieces) => [await compress(Buffer.concat(await render(pieces)))] };
}

/** Node has it from 22.15 and 23.8 on. */
function createZstd(): readonly Coding[] {
  const { zstdCompress } = zlib as { readonly zstdCompress?: (bytes: Buffer, done: (error: Error | null, result: Buffer) => void) => void };
  if (zstdCompress === undefined) return [];
  const compress = promisify(zstdCompress);
  return [{ name: 'zstd', createCompressor: () => createWhole(compress) }];
}
