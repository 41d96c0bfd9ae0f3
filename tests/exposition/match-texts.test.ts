import fc from 'fast-check';
import { longestNumber, matchTexts } from '../../src/exposition/match-texts.js';
import { StepList } from '../../src/exposition/step-list.js';

/** Writes the texts again, with numbers of some width between them, as a reader of the steps would. */
function replay(texts: readonly Buffer[], widths: readonly number[]): string {
  const steps = new StepList();
  matchTexts(texts, steps);
  let written = '';
  const starts: number[] = [];
  const endText = (): void => {
    if (starts.length > 0) written += '#'.repeat(widths[(starts.length - 1) % widths.length]!);
  };
  steps.visit({
    onText() {
      endText();
      starts.push(written.length);
    },
    onByte: (byte) => void (written += String.fromCharCode(byte)),
    onMatch(length, source, offset) {
      const distance = starts.at(-1)! - starts[source]! + offset;
      expect(distance).toBeGreaterThan(0);
      expect(distance).toBeLessThanOrEqual(32_768);
      for (let count = 0; count < length; count++) written += written[written.length - distance];
    },
  });
  endText();
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
  const steps = new StepList();
  matchTexts(texts, steps);
  let count = 0;
  const onStep = (): void => void (count += 1);
  steps.visit({ onText: () => {}, onByte: onStep, onMatch: onStep });
  expect(count).toBeLessThan(630);
});
