import { silentLogger } from '../../src/log.js';
import { Scraper } from '../../src/scrape/scraper.js';

const named = (name: string) => ({ member: name, name, timeoutMilliseconds: undefined });

test('collectors run side by side, and one that fails does not take the others with it', async () => {
  const scraper = new Scraper(silentLogger);
  const ran: string[] = [];
  scraper.add(named('a'), async () => {
    await Promise.resolve();
    ran.push('a');
  });
  scraper.add(named('b'), () => {
    ran.push('b');
    throw new Error('x');
  });
  expect(await scraper.scrape({})).toEqual([
    { collector: 'a', isSuccess: true },
    { collector: 'b', isSuccess: false },
  ]);
  expect(ran.sort()).toEqual(['a', 'b']);
});

test('a call knows its deadline', async () => {
  const scraper = new Scraper(silentLogger);
  let allowed = 0;
  scraper.add(named('a'), ({ deadline }) => {
    allowed = deadline - Date.now();
  });
  await scraper.scrape({ timeoutSeconds: 60 });
  expect(allowed).toBeGreaterThan(50_000);
  expect(allowed).toBeLessThanOrEqual(59_500);
});

test('a stop waits for running calls and aborts those that are not done in time', async () => {
  const scraper = new Scraper(silentLogger);
  let isAborted = false;
  scraper.add(named('slow'), ({ abort: { signal } }) => {
    signal.addEventListener('abort', () => {
      isAborted = true;
    });
    return new Promise(() => {});
  });
  scraper.add(named('quick'), () => {});
  const answer = scraper.scrape({});
  await scraper.stop(10);
  expect(isAborted).toBe(true);
  expect(await answer).toEqual([
    { collector: 'slow', isSuccess: false },
    { collector: 'quick', isSuccess: true },
  ]);
});

test('a stop without running calls waits for nothing', async () => {
  jest.useFakeTimers();
  const scraper = new Scraper(silentLogger);
  scraper.add(named('a'), () => {});
  await scraper.stop(60_000);
  // No time has passed, and no timer is left behind.
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});
