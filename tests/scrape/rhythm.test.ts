import { type Logger, silentLogger } from '../../src/log.js';
import type { CollectorSpec } from '../../src/model/spec.js';
import { type Call, Collector } from '../../src/scrape/collector.js';
import { createTimeAllowed } from '../../src/scrape/deadline.js';
import { Gate } from '../../src/scrape/gate.js';
import { Scraper } from '../../src/scrape/scraper.js';
import { collectorSpec, endsOf } from './collector-spec.js';

/* No real time passes. */
beforeEach(() => {
  jest.useFakeTimers();
  // In the middle of its range, where a beat is neither early nor late.
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});
const wait = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);
const soon = (milliseconds = 1_000) => ({ deadline: Date.now() + milliseconds });
const cached = { rhythm: { kind: 'cache', milliseconds: 60_000 } } as const;
const often = { rhythm: { kind: 'every', milliseconds: 30_000 } } as const;

/** A collector whose calls end when they are told to. */
function setUp(some: Partial<CollectorSpec>, log: Logger = silentLogger) {
  const calls: (Call & { readonly end: (error?: Error) => void })[] = [];
  const drops: number[] = [];
  const run = (call: Call) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ ...call, end: (error) => (error ? reject(error) : resolve()) });
    });
  const collector = new Collector({ spec: collectorSpec(some), isEnabled: true, run, drop: () => drops.push(1) }, log, new Gate(0));
  const end = async (error?: Error): Promise<void> => {
    calls.at(-1)?.end(error);
    await wait(0);
  };
  return { collector, calls, drops, end };
}

describe('a result that is cached', () => {
  test('is used again until its time is over', async () => {
    const { collector, calls, end } = setUp(cached);
    const first = collector.collect(soon());
    await wait(0);
    await end();
    expect(await first).toMatchObject({ end: 'success' });
    await wait(59_999);
    expect(await collector.collect(soon())).toMatchObject({ end: 'success' });
    expect(calls).toHaveLength(1);
    await wait(1);
    void collector.collect(soon());
    await wait(0);
    expect(calls).toHaveLength(2);
  });

  test('is made by a call that outlives the scrapes that wait for it', async () => {
    const { collector, calls, end } = setUp(cached);
    const client = new AbortController();
    const late = collector.collect(soon(10));
    const left = collector.collect({ ...soon(), signal: client.signal });
    await wait(10);
    client.abort();
    expect([await late, await left]).toMatchObject([{ end: 'late' }, { end: 'left' }]);
    expect(calls[0]?.abort.isAborted).toBe(false);
    await wait(30_000);
    await end();
    expect(await collector.collect(soon())).toMatchObject({ end: 'success' });
    expect(calls).toHaveLength(1);
  });

  test('has a call that may take as long as it is cached, or its own timeout', async () => {
    for (const [timeoutMilliseconds, longest] of [
      [undefined, 60_000],
      [5_000, 5_000],
    ] as const) {
      // prettier-ignore
      const { collector, calls, drops } = setUp({ ...cached, timeoutMilliseconds });
      const began = Date.now();
      void collector.collect(soon(10));
      await wait(longest - 1);
      expect([calls[0]?.deadline, calls[0]?.abort.isAborted, drops.length]).toEqual([began + longest, false, 0]);
      await wait(1);
      expect([calls[0]?.abort.isAborted, drops.length]).toEqual([true, 1]);
      expect(await collector.collect(soon())).toMatchObject({ end: 'late' });
    }
  });

  test('is none where the call has failed', async () => {
    const { collector, calls, end } = setUp(cached);
    for (const count of [1, 2]) {
      const answer = collector.collect(soon());
      await wait(0);
      await end(new Error('no'));
      expect(await answer).toMatchObject({ end: 'failure' });
      expect(calls).toHaveLength(count);
    }
  });
});

describe('a collector that calls in the background', () => {
  test('begins at the start, and then at each beat; scrapes only look', async () => {
    const { collector, calls, end } = setUp(often);
    collector.start();
    await wait(0);
    expect(calls).toHaveLength(1);
    await end();
    expect(await collector.collect(soon())).toMatchObject({ end: 'success' });
    await wait(30_000);
    expect(calls).toHaveLength(2);
    expect(await collector.collect(soon())).toMatchObject({ end: 'success' });
    await end(new Error('no'));
    expect(await collector.collect(soon())).toMatchObject({ end: 'failure' });
    await wait(30_000);
    await end();
    expect(await collector.collect(soon())).toMatchObject({ end: 'success' });
    expect(calls).toHaveLength(3);
    collector.stop();
    await wait(300_000);
    expect(calls).toHaveLength(3);
  });

  test('makes scrapes wait for its first call, until their deadlines', async () => {
    const { collector, end } = setUp(often);
    collector.start();
    const [early, patient] = [collector.collect(soon(10)), collector.collect(soon(1_000))];
    await wait(10);
    expect(await early).toMatchObject({ end: 'late' });
    await end();
    expect(await patient).toMatchObject({ end: 'success' });
  });

  test('leaves out a beat while a call is running, which has the interval for its time', async () => {
    const { collector, calls, drops } = setUp({ ...often, timeoutMilliseconds: 70_000 });
    collector.start();
    await wait(69_999);
    expect([calls.length, calls[0]?.abort.isAborted]).toEqual([1, false]);
    await wait(1);
    expect([calls.length, calls[0]?.abort.isAborted, drops.length]).toEqual([1, true, 1]);
    calls[0]?.end();
    await wait(30_000);
    expect(calls).toHaveLength(2);
    collector.stop();
  });

  test('is told to stop, without a line in the log', async () => {
    const lines: unknown[] = [];
    const { collector, calls, drops } = setUp(often, { ...silentLogger, error: (...line: unknown[]) => void lines.push(line) });
    collector.start();
    await wait(0);
    collector.stop();
    expect([calls[0]?.abort.isAborted, lines, drops]).toEqual([true, [], []]);
  });

  test('beats earlier and later than its interval, lest all programs beat together', async () => {
    for (const [random, gap] of [
      [0, 28_500],
      [1, 31_500],
    ] as const) {
      // prettier-ignore
      jest.spyOn(Math, 'random').mockReturnValue(random);
      const { collector, calls, end } = setUp(often);
      collector.start();
      await wait(0);
      await end();
      await wait(gap - 1);
      expect(calls).toHaveLength(1);
      await wait(1);
      expect(calls).toHaveLength(2);
      collector.stop();
    }
  });

  test('may wait longer than a timer can', async () => {
    const days = 40 * 86_400_000;
    const { collector, calls, end } = setUp({ rhythm: { kind: 'every', milliseconds: days } });
    collector.start();
    await wait(0);
    await end();
    await wait(days - 1);
    expect(calls).toHaveLength(1);
    await wait(1);
    expect(calls).toHaveLength(2);
    collector.stop();
  });

  test('calls at the times of its pattern', async () => {
    jest.setSystemTime(new Date(2026, 0, 1, 12, 0, 30));
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const { collector, calls, end } = setUp({ rhythm: { kind: 'cron', pattern: '*/5 * * * *' } });
    collector.start();
    await wait(0);
    await end();
    const begun = (): string | undefined => new Date(Date.now()).toTimeString().slice(0, 8);
    await wait(270_000);
    expect([calls.length, begun()]).toEqual([2, '12:05:00']);
    collector.stop();
  });
});

test('a scrape that names no deadline does not wait as long as such a call may take', async () => {
  const scraper = new Scraper(silentLogger, createTimeAllowed(500));
  const spec = collectorSpec({ ...cached, timeoutMilliseconds: 50_000 });
  scraper.add({ spec, isEnabled: true, run: () => new Promise(() => {}), drop: () => {} });
  const answer = scraper.scrape({});
  await wait(10_000);
  expect(endsOf(await answer)).toEqual({ update: 'late' });
});

test('how long the last call took is told, also while another one runs', async () => {
  const { collector, calls } = setUp(often);
  collector.start();
  await wait(250);
  calls[0]?.end();
  await wait(29_750 + 400);
  expect(calls).toHaveLength(2);
  expect(await collector.collect(soon())).toMatchObject({ end: 'success', durationSeconds: 0.25 });
  collector.stop();
});

describe('side by side', () => {
  const add = (scraper: Scraper, some: Partial<CollectorSpec>, run: (call: Call) => unknown): void =>
    scraper.add({ spec: collectorSpec(some), isEnabled: true, run, drop: () => {} });
  const events: string[] = [];
  const slow = (name: string, milliseconds: number) => async (): Promise<void> => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    events.push(`${name} ends`);
  };
  beforeEach(() => void (events.length = 0));

  test('a collector begins when those are done that it comes after, also where they fail', async () => {
    const scraper = new Scraper(silentLogger, createTimeAllowed(500));
    add(scraper, { name: 'a' }, slow('a', 20));
    add(scraper, { name: 'b' }, async () => {
      await slow('b', 10)();
      throw new Error('no');
    });
    add(scraper, { name: 'c', after: ['a', 'b'] }, slow('c', 5));
    add(scraper, { name: 'd' }, slow('d', 1));
    const answer = scraper.scrape({});
    await wait(100);
    expect(endsOf(await answer)).toEqual({ a: 'success', b: 'failure', c: 'success', d: 'success' });
    expect(events).toEqual(['a begins', 'b begins', 'd begins', 'd ends', 'b ends', 'a ends', 'c begins', 'c ends']);
  });

  test('what comes after one that is not chosen does not wait, and after a late one does not begin', async () => {
    const scraper = new Scraper(silentLogger, createTimeAllowed(0));
    add(scraper, { name: 'a' }, () => new Promise(() => {}));
    add(scraper, { name: 'b', after: ['a'] }, slow('b', 1));
    const alone = scraper.scrape({ collect: ['b'] });
    await wait(1);
    expect(endsOf(await alone)).toEqual({ b: 'success' });
    const both = scraper.scrape({ timeoutSeconds: 1 });
    await wait(1_000);
    expect(endsOf(await both)).toEqual({ a: 'late', b: 'late' });
    expect(events).toEqual(['b begins', 'b ends']);
  });

  test('so many run at a time, and one that hangs gives its place back when it is late', async () => {
    const scraper = new Scraper(silentLogger, createTimeAllowed(0), 2);
    add(scraper, { name: 'hangs', timeoutMilliseconds: 15 }, () => new Promise(() => {}));
    for (const name of ['a', 'b', 'c']) add(scraper, { name }, slow(name, 10));
    const answer = scraper.scrape({ timeoutSeconds: 1 });
    await wait(100);
    expect(endsOf(await answer)).toEqual({ hangs: 'late', a: 'success', b: 'success', c: 'success' });
    expect(events).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'b ends', 'c ends']);
  });
});
