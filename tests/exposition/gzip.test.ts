import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Body } from '../../src/exposition/body.js';
import { Gzip } from '../../src/exposition/gzip.js';

const text = (length: number, seed: string): Buffer =>
  Buffer.from(Array.from({ length: length / 20 }, (_, index) => `line{${seed}="${index * 7919}"} 1\n`).join('')).subarray(0, length);

test.each<[name: string, body: Body]>([
  ['nothing', []],
  ['one short part', [Buffer.from('up 1\n')]],
  ['short parts', [text(2_000, 'a'), text(40_000, 'b'), text(1, 'c')]],
  [
    'long parts, on the pool',
    [text(900_000, 'a'), text(100, 'b'), text(300_000, 'c'), text(90_000, 'd'), text(90_000, 'e'), text(90_000, 'f')],
  ],
])('%s become one gzip member', async (_, body) => {
  const compressed = Buffer.concat(await new Gzip().compress(body));
  const whole = Buffer.concat(body);
  expect(gunzipSync(compressed).equals(whole)).toBe(true);
  // A reader of its own, which checks the length and the CRC of the member.
  expect(execFileSync('gzip', ['-dc'], { input: compressed, maxBuffer: 2 ** 24 }).equals(whole)).toBe(true);
  expect(compressed.subarray(0, 3).equals(Buffer.from([0x1f, 0x8b, 8]))).toBe(true);
  expect(compressed.indexOf(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 1)).toBe(-1);
});

test('any bytes in any parts come back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async (parts) => {
      const body = parts.map((part) => Buffer.from(part));
      expect(gunzipSync(Buffer.concat(await new Gzip().compress(body))).equals(Buffer.concat(body))).toBe(true);
    }),
  );
});

test('a part that was compressed before is not compressed again', async () => {
  const gzip = new Gzip();
  const [one, two, three] = [text(100_000, 'a'), text(100_000, 'b'), text(100_000, 'c')];
  await gzip.compress([one, two]);
  // Whoever compressed it again would see the change.
  one.fill('z');
  const again = await gzip.compress([one, three]);
  expect(() => gunzipSync(Buffer.concat(again))).not.toThrow();
  expect(gunzipSync(Buffer.concat(again)).subarray(0, 100_000).equals(text(100_000, 'a'))).toBe(true);
});

test('bodies that share parts can be compressed side by side', async () => {
  // Each look at the clock finds that it is time for a pause.
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  const shared = ['a', 'b'].map((seed) => text(20_000, seed));
  for (let count = 0; count < 10; count++) {
    const gzip = new Gzip();
    const others = Array.from({ length: count }, (_, place) => text(20_000, `c${place}`));
    const bodies = [shared, [...others, ...shared]];
    const compressed = await Promise.all(bodies.map((body) => gzip.compress(body)));
    const texts = compressed.map((parts) => gunzipSync(Buffer.concat(parts)));
    expect(texts.map((one, place) => one.equals(Buffer.concat(bodies[place]!)))).toEqual([true, true]);
  }
  clock.mockRestore();
});
