import { bytesOf, expectedLengthOf, Page } from '../../src/exposition/piece.js';

const shape = { expectedLength: 7, describe: () => ({ texts: ['up ', '\n'], places: [0] }) };

test('a page is rendered when its bytes are needed, once for all who keep them', () => {
  let count = 0;
  const page = new Page(
    () => shape,
    Float64Array.of(1),
    () => Buffer.from(`rendered ${++count}`),
  );
  expect(expectedLengthOf(page)).toBe(7);
  expect(count).toBe(0);
  expect([page.render(), page.render()].map(String)).toEqual(['rendered 1', 'rendered 2']);
  expect(bytesOf(page)).toBe(page.bytes);
  expect(page.render()).toBe(page.bytes);
  expect(count).toBe(3);
});

test('bytes are a piece as they are', () => {
  const bytes = Buffer.from('up 1\n');
  expect([bytesOf(bytes), expectedLengthOf(bytes)]).toEqual([bytes, 5]);
});
