import { NoData } from '../../src/errors.js';
import { silentLogger, type Logger } from '../../src/log.js';
import type { CollectorSpec } from '../../src/model/spec.js';
import { type Call, Collector, type Outcome } from '../../src/scrape/collector.js';
import { Gate } from '../../src/scrape/gate.js';
import { collectorSpec } from './collector-spec.js';

/* No real time passes: what is told here are orders of events. */
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const wait = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

/** A collector of one update handler; `drops` counts how often its series were dropped. */
function create(run: (call: Call) => unknown, log: Logger = silentLogger, some: Partial<CollectorSpec> = {}) {
  const drops: number[] = [];
  const collector = new Collector(
    { spec: collectorSpec(some), isEnabled: true, run, drop: () => drops.push(Date.now()) },
    log,
    new Gate(0),
  );
  return Object.assign(collector, { drops });
}
const soon = (milliseconds = 1_000) => ({ deadline: Date.now() + milliseconds });
const success = expect.objectContaining({ end: 'success' }) as unknown;
const [failure, late, left] = ['failure', 'late', 'left'].map((end) => expect.objectContaining({ end, isKept: false }) as unknown);

/** Collects the messages of the error level. */
function listen(): { readonly log: Logger; readonly lines: unknown[] } {
  const lines: unknown[] = [];
  return { lines, log: { ...silentLogger, error: (...line: unknown[]) => void lines.push(line) } };
}

/** A handler that ends when it is told to, and counts its runs. */
function gate() {
  const ends: ((error?: Error) => void)[] = [];
  const signals: AbortSignal[] = [];
  return {
    signals,
    run: ({ abort: { signal } }: { readonly abort: { readonly signal: AbortSignal } }) =>
      new Promise<void>((resolve, reject) => {
        signals.push(signal);
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
    end: (error?: Error) => ends.shift()?.(error),
  };
}

test('scrapes that overlap share one call', async () => {
  const handler = gate();
  const collector = create(handler.run, silentLogger);
  const answers = [collector.collect(soon()), collector.collect(soon()), collector.collect(soon())];
  await wait(5);
  handler.end();
  expect(await Promise.all(answers)).toEqual([success, success, success]);
  expect(handler.signals).toHaveLength(1);
  expect(handler.signals[0]?.aborted).toBe(false);
});

test('scrapes one after the other make a call each', async () => {
  let calls = 0;
  const collector = create(() => (calls += 1), silentLogger);
  await collector.collect(soon());
  await collector.collect(soon());
  expect(calls).toBe(2);
});

test('a handler that throws, now or later, fails all who wait, with one log line', async () => {
  const { log, lines } = listen();
  const handler = gate();
  const later = create(handler.run, log);
  const answers = [later.collect(soon()), later.collect(soon())];
  await wait(1);
  handler.end(new Error('no answer'));
  expect(await Promise.all(answers)).toEqual([failure, failure]);
  const atOnce = create(() => {
    throw 'a text';
  }, log);
  expect(await atOnce.collect(soon())).toEqual(failure);
  expect(lines).toEqual([
    [{ collector: 'update', error: 'no answer' }, 'update handler failed'],
    [{ collector: 'update', error: 'a text' }, 'update handler failed'],
  ]);
});

test('each waiter is answered at its own deadline, and the signal aborts at the latest', async () => {
  const handler = gate();
  const { log, lines } = listen();
  const collector = create(handler.run, log);
  const first = collector.collect(soon(10));
  const last = collector.collect(soon(60));
  await wait(10);
  expect(await first).toEqual(late);
  expect(handler.signals[0]?.aborted).toBe(false);
  await wait(50);
  expect(await last).toEqual(late);
  expect(handler.signals[0]?.aborted).toBe(true);
  expect(lines).toEqual([[{ collector: 'update', reason: 'its time is over' }, 'update handler aborted']]);
});

test('a late call is not repeated until it has settled; until then the collector fails at once', async () => {
  const handler = gate();
  const collector = create(handler.run, silentLogger);
  const first = collector.collect(soon(5));
  await wait(5);
  expect(await first).toEqual(late);
  expect(await collector.collect(soon())).toEqual(late);
  expect(handler.signals).toHaveLength(1);
  handler.end();
  await wait(1);
  const again = collector.collect(soon());
  await wait(1);
  handler.end();
  expect(await again).toEqual(success);
  expect(handler.signals).toHaveLength(2);
});

test('a call is no longer than its own timeout, whatever the scrape allows', async () => {
  const handler = gate();
  const collector = create(handler.run, silentLogger, { timeoutMilliseconds: 10 });
  const answer = collector.collect(soon(60_000));
  await wait(10);
  expect(await answer).toEqual(late);
  expect(handler.signals[0]?.aborted).toBe(true);
});

test('when nobody waits any more the signal aborts, and the next scrape gets a call of its own', async () => {
  const handler = gate();
  const { log, lines } = listen();
  const collector = create(handler.run, log);
  const client = new AbortController();
  const first = collector.collect({ ...soon(), signal: client.signal });
  expect(await collector.collect({ ...soon(), signal: AbortSignal.abort() })).toEqual(left);
  expect(handler.signals[0]?.aborted).toBe(false);
  client.abort();
  expect(await first).toEqual(left);
  expect(handler.signals[0]?.aborted).toBe(true);
  const next = collector.collect(soon());
  handler.end(new Error('aborted'));
  await wait(1);
  handler.end();
  expect(await next).toEqual(success);
  expect(handler.signals).toHaveLength(2);
  expect(lines).toEqual([]);
});

test('a call that everybody left and that goes on all the same is late, at the next deadline', async () => {
  const handler = gate();
  const { log, lines } = listen();
  const collector = create(handler.run, log);
  const client = new AbortController();
  const left = collector.collect({ ...soon(), signal: client.signal });
  client.abort();
  await left;
  const next = collector.collect(soon(20));
  await wait(20);
  expect(await next).toEqual(late);
  expect(await collector.collect(soon())).toEqual(late);
  expect(lines).toEqual([[{ collector: 'update', reason: 'its time is over' }, 'update handler aborted']]);
});

test('an asker that is gone already starts no call', async () => {
  const handler = gate();
  const collector = create(handler.run, silentLogger);
  expect(await collector.collect({ ...soon(), signal: AbortSignal.abort() })).toEqual(left);
  expect(handler.signals).toEqual([]);
});

test('a handler that asks for a scrape itself finds its own call, and runs once', async () => {
  let runs = 0;
  const collector: ReturnType<typeof create> = create(() => {
    runs += 1;
    void collector.collect(soon());
  }, silentLogger);
  expect(await collector.collect(soon())).toEqual(success);
  expect(runs).toBe(1);
});

test('whatever is thrown, the next scrape gets a call of its own', async () => {
  const thrown: unknown[] = [Object.create(null), undefined, { toString: () => { throw new Error('no'); } }, Symbol('x')]; // prettier-ignore
  const { log, lines } = listen();
  const collector = create(() => {
    throw thrown.shift();
  }, log);
  for (let count = 4; count > 0; count -= 1) expect(await collector.collect(soon())).toEqual(failure);
  expect(lines.map((line) => (line as [{ error: string }])[0].error)).toEqual([
    'a value without a message', 'undefined', 'a value without a message', 'Symbol(x)',
  ]); // prettier-ignore
});

test('abort lets all who wait go', async () => {
  const handler = gate();
  const collector = create(handler.run, silentLogger);
  const answer = collector.collect(soon(60_000));
  await wait(1);
  collector.abort();
  expect(await answer).toEqual(left);
  expect(handler.signals[0]?.aborted).toBe(true);
  handler.end();
  await collector.settled();
});

describe('what its last calls have published', () => {
  const fails = (): never => {
    throw new Error('no answer');
  };

  test.each(['drop', 'fail'] as const)('is dropped when a call fails: onError %s', async (onError) => {
    const collector = create(fails, silentLogger, { onError });
    expect(await collector.collect(soon())).toEqual(failure);
    expect(collector.drops).toHaveLength(1);
  });

  test('is dropped when a call is late, before the answer', async () => {
    const collector = create(() => new Promise(() => {}));
    const answer = collector.collect(soon(10));
    await wait(10);
    expect(await answer).toEqual(late);
    expect(collector.drops).toHaveLength(1);
  });

  test('stays when everybody has left', async () => {
    const collector = create(gate().run);
    const client = new AbortController();
    const answer = collector.collect({ ...soon(), signal: client.signal });
    client.abort();
    expect(await answer).toEqual(left);
    expect(collector.drops).toEqual([]);
  });

  test('is kept for its time after the last success, where it is kept', async () => {
    const handler = gate();
    const collector = create(handler.run, silentLogger, { onError: 'keep', maxAgeMilliseconds: 1_000 });
    const next = async (error?: Error): Promise<Outcome> => {
      const answer = collector.collect(soon());
      await wait(0);
      handler.end(error);
      return answer;
    };
    expect(await next(new Error('at first'))).toMatchObject({ end: 'failure', isKept: false });
    collector.drops.length = 0;
    expect(await next()).toMatchObject({ end: 'success', isKept: false });
    await wait(1_000);
    expect(await next(new Error('still fresh'))).toMatchObject({ end: 'failure', isKept: true });
    expect(collector.drops).toEqual([]);
    await wait(1);
    expect(await next(new Error('too old'))).toMatchObject({ end: 'failure', isKept: false });
    expect(collector.drops).toHaveLength(1);
  });

  test('is dropped when there is no data, which is no failure', async () => {
    const { log, lines } = listen();
    const collector = create(
      () => {
        throw new NoData('no battery');
      },
      log,
      { onError: 'keep' },
    );
    expect(await collector.collect(soon())).toMatchObject({ end: 'nothing', isKept: false });
    expect([collector.drops.length, lines]).toEqual([1, []]);
  });
});

test('how long the last call took is told, and when one succeeded last', async () => {
  const handler = gate();
  const collector = create(handler.run);
  const began = Date.now() / 1_000;
  const first = collector.collect(soon());
  await wait(250);
  handler.end();
  expect(await first).toMatchObject({ durationSeconds: 0.25, lastSuccess: began + 0.25 });
  const second = collector.collect(soon());
  await wait(500);
  handler.end(new Error('no'));
  expect(await second).toMatchObject({ durationSeconds: 0.5, lastSuccess: began + 0.25 });
  const third = collector.collect(soon(100));
  await wait(100);
  expect(await third).toMatchObject({ end: 'late', durationSeconds: 0.1, lastSuccess: began + 0.25 });
});

test('a call that ends after it was aborted is no success', async () => {
  const handler = gate();
  const collector = create(handler.run);
  const answer = collector.collect(soon(10));
  await wait(10);
  handler.end();
  expect(await answer).toMatchObject({ end: 'late', lastSuccess: undefined });
  const next = collector.collect(soon());
  await wait(1);
  handler.end(new Error('no'));
  expect(await next).toMatchObject({ end: 'failure', lastSuccess: undefined });
});
