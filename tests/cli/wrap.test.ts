import fc from 'fast-check';
import { wrap } from '../../src/cli/wrap.js';

test.each([
  ['words go to the next line', 'one two three', 7, ['one two', 'three']],
  ['two blanks stay two within a line', 'one  two', 10, ['one  two']],
  ['blanks at a break are dropped', 'one  two', 5, ['one', 'two']],
  ['long words break behind a bar', '[plain|json|pretty]', 12, ['[plain|json|', 'pretty]']],
  ['long words without a bar break anywhere', 'abcdefgh', 3, ['abc', 'def', 'gh']],
  ['line breaks stay', 'one\n\ntwo', 20, ['one', '', 'two']],
  ['an empty text is an empty line', '', 20, ['']],
])('%s', (_, text, columns, lines) => {
  expect(wrap(text, columns)).toEqual(lines);
});

test('nothing but blanks is lost, and no line is too long', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, columns) => {
      const lines = wrap(text, columns);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      expect(lines.every((line) => line.length <= columns)).toBe(true);
    }),
  );
});
