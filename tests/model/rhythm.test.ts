import { describeRhythm, faultOfCron, millisecondsToNext, type Rhythm } from '../../src/model/rhythm.js';

test.each([
  ['* * * * *', undefined],
  ['*/10 * * * * *', undefined],
  ['@hourly', undefined],
  ['0 0 30 2 *', 'never comes round'],
  ['every hour', 'is no pattern of cron'],
  ['', 'is no pattern of cron'],
  ['61 * * * *', 'is no pattern of cron'],
])('the pattern %j: %s', (pattern, fault) => {
  expect(faultOfCron(pattern)).toBe(fault);
});

test('what beats in an interval beats in an interval, and what has a pattern at its next time', () => {
  const now = new Date(2026, 0, 1, 12, 0, 0, 250).getTime();
  expect(millisecondsToNext({ kind: 'every', milliseconds: 30_000 }, now)).toBe(30_000);
  expect(millisecondsToNext({ kind: 'cron', pattern: '*/5 * * * *' }, now)).toBe(5 * 60_000 - 250);
  expect(millisecondsToNext({ kind: 'cron', pattern: '2020-01-01T00:00:00' }, now)).toBe(Infinity);
});

test.each<[Rhythm, string | undefined]>([
  [{ kind: 'scrape' }, undefined],
  [{ kind: 'cache', milliseconds: 300_000 }, 'Cached for 5m.'],
  [{ kind: 'every', milliseconds: 90_000 }, 'Refreshed every 1m30s.'],
  [{ kind: 'cron', pattern: '@daily' }, 'Refreshed at "@daily".'],
])('%j is described as %j', (rhythm, text) => {
  expect(describeRhythm(rhythm)).toBe(text);
});
