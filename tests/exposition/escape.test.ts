import { escapeLine, escapeQuoted } from '../../src/exposition/escape.js';

test.each([
  ['plain', 'plain', 'plain'],
  ['', '', ''],
  ['a\\b', 'a\\\\b', 'a\\\\b'],
  ['a\nb\n', 'a\\nb\\n', 'a\\nb\\n'],
  ['a "b"', 'a \\"b\\"', 'a "b"'],
  ['\\n', '\\\\n', '\\\\n'],
  ['\\"', '\\\\\\"', '\\\\"'],
  ['Köln\r\t\0 😀', 'Köln\r\t\0 😀', 'Köln\r\t\0 😀'],
])('%j is written %s in quotes and %s on a line', (text, quoted, line) => {
  expect(escapeQuoted(text)).toBe(quoted);
  expect(escapeLine(text)).toBe(line);
});
