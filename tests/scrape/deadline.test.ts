import { createTimeAllowed } from '../../src/scrape/deadline.js';

test.each([
  ['ten seconds less the offset', 10, undefined, 9_500],
  ['a fraction', 2.5, undefined, 2_000],
  ['half of what leaves nothing', 0.5, undefined, 250],
  ['at most two minutes', 600, undefined, 120_000],
  ['the header before the timeout', 10, 3_000, 9_500],
  ['the timeout where the header is missing', undefined, 3_000, 3_000],
  ['the timeout where the header is not positive', 0, 3_000, 3_000],
  ['ten seconds where nothing is said', undefined, undefined, 10_000],
  ['ten seconds where the header is no number', Number.NaN, undefined, 10_000],
  ['ten seconds where the header is negative', -5, undefined, 10_000],
])('a scrape may take %s', (_rule, timeoutSeconds, timeout, milliseconds) => {
  expect(createTimeAllowed(500)(timeoutSeconds, timeout)).toBe(milliseconds);
});

test.each([
  ['less another offset', 10, 2_000, 8_000],
  ['half of what an offset leaves nothing of', 10, 10_000, 5_000],
  ['all of it without an offset', 10, 0, 10_000],
])('a scrape may take %s', (_rule, timeoutSeconds, offset, milliseconds) => {
  expect(createTimeAllowed(offset)(timeoutSeconds, undefined)).toBe(milliseconds);
});
