import fc from 'fast-check';
import { isAscii } from '../../src/exposition/bytes.js';
import { bytesOf, Page, type Piece } from '../../src/exposition/piece.js';
import { Sheet } from '../../src/exposition/sheet.js';

const shape = { expectedLength: 0, describe: () => ({ texts: [], places: [] }) };
const pageOf = (text: string): Page =>
  new Page(
    () => shape,
    new Float64Array(0),
    () => ({ text, isAscii: isAscii(text) }),
  );

function write(pieces: readonly Piece[]) {
  const sheet = new Sheet();
  const lengths = pieces.map((piece) => sheet.add(piece));
  return { lengths, parts: sheet.finish() };
}

test('short pages are written into one buffer, long ones and bytes stand for themselves', () => {
  const bytes = Buffer.from('# EOF\n');
  const { lengths, parts } = write([pageOf('a 1\n'), pageOf('b 2\n'), pageOf('c'.repeat(3_000)), pageOf('d 4\n'), bytes]);
  expect(lengths).toEqual([4, 4, 3_000, 4, 6]);
  expect(parts.map(({ length }) => length)).toEqual([8, 3_000, 4, 6]);
  expect(parts[3]).toBe(bytes);
});

test('no more than some kilobytes are written together, since each page keeps them all', () => {
  const { parts } = write(Array.from({ length: 100 }, () => pageOf('x'.repeat(1_000))));
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(10_000);
});

test('what was written before is not rendered again', () => {
  let count = 0;
  const page = new Page(
    () => shape,
    new Float64Array(0),
    () => ({ text: `rendered ${(count += 1)}\n`, isAscii: true }),
  );
  write([pageOf('above\n'), page]);
  expect(write([page]).parts.map(String)).toEqual(['rendered 1\n']);
});

test('the bytes are those of all pieces in turn, and each page has its own', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('y'.repeat(2_049), ''),
  );
  const draft = fc.record({ text, kind: fc.constantFrom('page', 'bytes', 'written') });
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 40 }), (drafts) => {
      const pieces = drafts.map(({ text: one, kind }) => {
        if (kind === 'bytes') return Buffer.from(one);
        const page = pageOf(one);
        if (kind === 'written') page.keep(page.write());
        return page;
      });
      const { lengths, parts } = write(pieces);
      const expected = drafts.map((one) => Buffer.from(one.text));
      expect(Buffer.concat(parts)).toEqual(Buffer.concat(expected));
      expect(lengths).toEqual(expected.map(({ length }) => length));
      expect(pieces.map((piece) => bytesOf(piece).toString())).toEqual(expected.map(String));
    }),
  );
});
