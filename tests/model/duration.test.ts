import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/model/duration.js';

test.each([
  ['30s', 30_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['1m', 60_000],
  ['1.5s', 1_500],
  ['1s500ms', 1_500],
  ['2d', 172_800_000],
  ['0', 0],
  ['0s', 0],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '5', 's', '1m1h', '-5s', '5 s', '1.5m', '5S', '5sec', '1e3s'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('a formatted duration parses to itself', () => {
  fc.assert(fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => parseDuration(formatDuration(milliseconds)) === milliseconds));
});
