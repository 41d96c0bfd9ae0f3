import fc from 'fast-check';
import { createCode } from '../../src/exposition/huffman.js';

/** How much of the room for codes they take: all of it is 1. */
const roomOf = (lengths: Uint8Array): number => [...lengths].filter((length) => length > 0).reduce((sum, length) => sum + 2 ** -length, 0);

test('symbols that occur more often have shorter codes', () => {
  const { lengths, bits } = createCode([8, 1, 0, 4, 2, 1], 15);
  expect([...lengths]).toEqual([1, 4, 0, 2, 3, 4]);
  // RFC 1951, 3.2.2: 0, 1110, –, 10, 110, 1111, with their first bits lowest.
  expect([...bits]).toEqual([0b0, 0b0111, 0, 0b01, 0b011, 0b1111]);
});

test('no code is longer than the limit, all that occur have one, and no room is left', () => {
  const fibonacci = [1, 1];
  while (fibonacci.length < 40) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
  const counts = fc
    .array(fc.oneof(fc.nat(3), fc.nat(1e9)), { minLength: 2, maxLength: 286 })
    .filter((all) => all.filter(Boolean).length >= 2);
  fc.assert(
    fc.property(fc.oneof(counts, fc.constant(fibonacci)), fc.constantFrom(9, 15), (all, longest) => {
      const { lengths } = createCode(all, longest);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
      expect(Array.from(lengths, (length) => length > 0)).toEqual(all.map((count) => count > 0));
      expect(roomOf(lengths)).toBe(1);
    }),
  );
});
