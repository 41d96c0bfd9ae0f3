import { silentLogger } from '../../src/log.js';
import type { Call } from '../../src/scrape/collector.js';
import { createTimeAllowed } from '../../src/scrape/deadline.js';
import { Scraper } from '../../src/scrape/scraper.js';
import { collectorSpec, endsOf } from './collector-spec.js';

function add(scraper: Scraper, name: string, run: (call: Call) => unknown, isEnabled = true): void {
  scraper.add({ spec: collectorSpec({ name }), isEnabled, run, drop: () => {} });
}

test('collectors run side by side, and one that fails does not take the others with it', async () => {
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  const ran: string[] = [];
  add(scraper, 'a', async () => {
    await Promise.resolve();
    ran.push('a');
  });
  add(scraper, 'b', () => {
    ran.push('b');
    throw new Error('x');
  });
  expect(endsOf(await scraper.scrape({}))).toEqual({ a: 'success', b: 'failure' });
  expect(ran.sort()).toEqual(['a', 'b']);
});

test('a call knows its deadline', async () => {
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  let allowed = 0;
  add(scraper, 'a', ({ deadline }) => {
    allowed = deadline - Date.now();
  });
  jest.useFakeTimers();
  await scraper.scrape({ timeoutSeconds: 60 });
  jest.useRealTimers();
  expect(allowed).toBe(59_500);
});

test('a stop waits for running calls and aborts those that are not done in time', async () => {
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  let isAborted = false;
  add(scraper, 'slow', ({ abort: { signal } }) => {
    signal.addEventListener('abort', () => {
      isAborted = true;
    });
    return new Promise(() => {});
  });
  add(scraper, 'quick', () => {});
  const answer = scraper.scrape({});
  await scraper.stop(10);
  expect(isAborted).toBe(true);
  expect(endsOf(await answer)).toEqual({ slow: 'left', quick: 'success' });
});

test('a stop does not wait for a call whose time is over, and which has not ended', async () => {
  jest.useFakeTimers();
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  add(scraper, 'hangs', () => new Promise(() => {}));
  const answer = scraper.scrape({ timeoutSeconds: 2 });
  await jest.advanceTimersByTimeAsync(2_000);
  expect(endsOf(await answer)).toEqual({ hangs: 'late' });
  expect(await scraper.stop(60_000)).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('a stop without running calls waits for nothing', async () => {
  jest.useFakeTimers();
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  add(scraper, 'a', () => {});
  await scraper.stop(60_000);
  // No time has passed, and no timer is left behind.
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('a scrape runs the collectors that it chooses, and only those', async () => {
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  for (const name of ['a', 'b', 'c']) add(scraper, name, () => {});
  add(scraper, 'off', () => {}, false);
  const chosen = async (choice: object): Promise<readonly string[]> => Object.keys(endsOf(await scraper.scrape(choice)));
  expect(await chosen({})).toEqual(['a', 'b', 'c']);
  expect(await chosen({ collect: ['c', 'a'] })).toEqual(['a', 'c']);
  expect(await chosen({ exclude: ['b'] })).toEqual(['a', 'c']);
  expect(await chosen({ collect: [], exclude: [] })).toEqual(['a', 'b', 'c']);
});
