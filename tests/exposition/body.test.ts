import fc from 'fast-check';
import { joinShort, lengthOf } from '../../src/exposition/body.js';

test('short parts are put together, long ones stay the objects that they are', () => {
  const long = Buffer.alloc(40_000, 'l');
  const body = joinShort([Buffer.from('a'), Buffer.from('b'), long, Buffer.from('c'), long]);
  expect(body.map((part) => part.length)).toEqual([2, 40_000, 1, 40_000]);
  expect([body[1], body[3]].every((part) => part === long)).toBe(true);
});

test('many short parts become several long ones', () => {
  const parts = Array.from({ length: 30 }, () => Buffer.alloc(10_000, 'x'));
  expect(joinShort(parts).map((part) => part.length)).toEqual([40_000, 40_000, 40_000, 40_000, 40_000, 40_000, 40_000, 20_000]);
});

test('nothing is lost, added or empty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 12 }), (lengths) => {
      const parts = lengths.map((length, index) => Buffer.alloc(length, String(index)));
      const body = joinShort(parts);
      expect(Buffer.concat(body).equals(Buffer.concat(parts))).toBe(true);
      expect(lengthOf(body)).toBe(lengths.reduce((sum, length) => sum + length, 0));
      expect(body.every((part) => part.length > 0)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
