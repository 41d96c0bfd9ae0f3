import { bytesOf, expectedLengthOf, Page } from '../../src/exposition/piece.js';

const shape = { expectedLength: 7, describe: () => ({ texts: ['up ', '\n'], places: [0] }) };

test('a page is rendered when its bytes are needed, once for all who keep them', () => {
  let count = 0;
  const page = new Page(
    () => shape,
    Float64Array.of(1),
    () => ({ text: `rendered ${++count}`, isAscii: false }),
  );
  expect(expectedLengthOf(page)).toBe(7);
  expect(count).toBe(0);
  expect([page.write(), page.write()].map(String)).toEqual(['rendered 1', 'rendered 2']);
  expect(page.isWritten).toBe(false);
  expect(bytesOf(page)).toBe(page.bytes);
  expect(page.write()).toBe(page.bytes);
  expect([page.bytes.toString(), page.isWritten, count]).toEqual(['rendered 3', true, 3]);
});

test('a page that was written together with others knows its own bytes', () => {
  const page = new Page(
    () => shape,
    Float64Array.of(1),
    () => ({ text: 'not to be rendered', isAscii: true }),
  );
  page.keep(Buffer.from('up 1\nup 2\nup 3\n'), 5, 10);
  expect(page.bytes.toString()).toBe('up 2\n');
  // Nothing of the others is kept.
  expect(page.bytes.buffer.byteLength).toBe(5);
  expect([page.bytes, page.write()].every((bytes) => bytes === page.bytes)).toBe(true);
});

test('bytes are a piece as they are', () => {
  const bytes = Buffer.from('up 1\n');
  expect([bytesOf(bytes), expectedLengthOf(bytes)]).toEqual([bytes, 5]);
});
