import { RateLimiter } from '../../src/web/rate-limit.js';

/** What is taken at each of the times, in milliseconds. */
function takeAt(limit: ConstructorParameters<typeof RateLimiter>[0], times: readonly number[]): unknown[] {
  let now = 1_000;
  const limiter = new RateLimiter(limit, () => now);
  return times.map((time) => {
    now = 1_000 + time;
    return limiter.take()?.waitMilliseconds ?? 'taken';
  });
}

test.each<[what: string, burst: number, times: readonly number[], outcome: readonly unknown[]]>([
  ['so many at once as the burst says', 2, [0, 0, 0], ['taken', 'taken', 100]],
  ['one more at each interval', 1, [0, 50, 100, 150, 200], ['taken', 50, 'taken', 50, 'taken']],
  ['no more than the burst after a long time', 2, [0, 0, 10_000, 10_000, 10_000], ['taken', 'taken', 'taken', 'taken', 100]],
  ['a part of an interval is not lost', 1, [0, 60, 100, 160, 200], ['taken', 40, 'taken', 40, 'taken']],
  ['nothing with a burst of 0, ever', 0, [0, 100, 10_000], [100, 100, 100]],
])('%s', (_what, burst, times, outcome) => {
  expect(takeAt({ intervalMilliseconds: 100, burst }, times)).toEqual(outcome);
});

test('an interval may be shorter than a millisecond', () => {
  expect(takeAt({ intervalMilliseconds: 0.25, burst: 1 }, [0, 0, 1])).toEqual(['taken', 0.25, 'taken']);
});
