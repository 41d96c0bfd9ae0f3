import zlib from 'node:zlib';
import { codings } from '../../src/exposition/codings.js';

const { zstdDecompressSync } = zlib as unknown as { readonly zstdDecompressSync?: (bytes: Buffer) => Buffer };
const readers: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  ...(zstdDecompressSync && { zstd: zstdDecompressSync }),
};

test('gzip and brotli are offered, and zstd where Node has it', () => {
  expect(codings.map(({ name }) => name).toSorted()).toEqual(Object.keys(readers).toSorted());
  expect(codings[0]?.name).toBe('gzip');
});

test.each(codings.map(({ name }) => name))('%s gives back what was compressed', async (name) => {
  const body = [Buffer.from('up 1\n'.repeat(1_000)), Buffer.alloc(200_000, 'x')];
  const compressed = await codings
    .find((coding) => coding.name === name)
    ?.createCompressor()
    .compress(body);
  expect(readers[name]?.(Buffer.concat(compressed ?? [])).equals(Buffer.concat(body))).toBe(true);
});
