import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { combineCrc32, shiftOf } from '../../src/exposition/crc32.js';

test('the CRC-32 of two texts together comes from theirs and the shift of the second', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.uint8Array({ maxLength: 5_000 }), (one, other) => {
      expect(combineCrc32(crc32(one), crc32(other), shiftOf(other.length))).toBe(crc32(Buffer.concat([one, other])));
    }),
  );
});

test.each([0, 1, 65_536, 5_000_000])('a second text of %d bytes moves the first one by so many', (length) => {
  const [one, other] = [Buffer.from('one'), Buffer.alloc(length, 'x')];
  expect(combineCrc32(crc32(one), crc32(other), shiftOf(length))).toBe(crc32(Buffer.concat([one, other])));
});
