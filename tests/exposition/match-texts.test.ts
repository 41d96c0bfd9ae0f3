import fc from 'fast-check';
import { longestNumber, matchTexts } from '../../src/exposition/match-texts.js';

/** Writes the texts again, with numbers of some width between them, as a reader of the steps would. */
function replay(texts: readonly Buffer[], widths: readonly number[]): string {
  let written = '';
  const starts: number[] = [];
  for (const [text, steps] of matchTexts(texts).entries()) {
    starts.push(written.length);
    for (const step of steps) {
      if (typeof step === 'number') written += String.fromCharCode(step);
      else {
        const distance = starts[text]! - starts[step.source]! + step.offset;
        expect(distance).toBeGreaterThan(0);
        expect(distance).toBeLessThanOrEqual(32_768);
        for (let count = 0; count < step.length; count++) written += written[written.length - distance];
      }
    }
    written += '#'.repeat(widths[text % widths.length]!);
  }
  return written;
}

const expected = (texts: readonly Buffer[], widths: readonly number[]): string =>
  texts.map((text, index) => text.toString('latin1') + '#'.repeat(widths[index % widths.length]!)).join('');

test('whatever the numbers between them, the steps give the texts back', () => {
  const word = fc.constantFrom('app_gauge{host="', 'host-00042.example.com', '",shard="', '"} ', '\n', '7', 'x'.repeat(300));
  const text = fc.array(word, { maxLength: 8 }).map((words) => Buffer.from(words.join('')));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), fc.array(fc.nat(longestNumber), { minLength: 1, maxLength: 5 }), (texts, widths) => {
      expect(replay(texts, widths)).toBe(expected(texts, widths));
    }),
  );
});

test('what the longest numbers would bring out of reach is not referred to', () => {
  const texts = Array.from({ length: 2_000 }, (_, index) => Buffer.from(index % 1_000 === 0 ? `rare text ${index}` : `${index}`));
  expect(replay(texts, [longestNumber])).toBe(expected(texts, [longestNumber]));
});

test('lines that differ in some digits are mostly matches', () => {
  const texts = Array.from({ length: 100 }, (_, index) => Buffer.from(`\nup{host="host-${index}.example.com"} `));
  const steps = matchTexts(texts).slice(1).flat();
  expect(steps.length).toBeLessThan(600);
});
