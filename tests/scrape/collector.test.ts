import { silentLogger, type Logger } from '../../src/log.js';
import { Collector } from '../../src/scrape/collector.js';

/* No real time passes: what is told here are orders of events. */
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const wait = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

const spec = { member: 'update', name: 'update', timeoutMilliseconds: undefined };
const soon = (milliseconds = 1_000) => ({ deadline: Date.now() + milliseconds });
const success = { collector: 'update', isSuccess: true };
const failure = { collector: 'update', isSuccess: false };

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
  const collector = new Collector(spec, handler.run, silentLogger);
  const answers = [collector.collect(soon()), collector.collect(soon()), collector.collect(soon())];
  await wait(5);
  handler.end();
  expect(await Promise.all(answers)).toEqual([success, success, success]);
  expect(handler.signals).toHaveLength(1);
  expect(handler.signals[0]?.aborted).toBe(false);
});

test('scrapes one after the other make a call each', async () => {
  let calls = 0;
  const collector = new Collector(spec, () => (calls += 1), silentLogger);
  await collector.collect(soon());
  await collector.collect(soon());
  expect(calls).toBe(2);
});

test('a handler that throws, now or later, fails all who wait, with one log line', async () => {
  const { log, lines } = listen();
  const handler = gate();
  const later = new Collector(spec, handler.run, log);
  const answers = [later.collect(soon()), later.collect(soon())];
  await wait(1);
  handler.end(new Error('no answer'));
  expect(await Promise.all(answers)).toEqual([failure, failure]);
  const atOnce = new Collector(
    spec,
    () => {
      throw 'a text';
    },
    log,
  );
  expect(await atOnce.collect(soon())).toEqual(failure);
  expect(lines).toEqual([
    [{ collector: 'update', error: 'no answer' }, 'update handler failed'],
    [{ collector: 'update', error: 'a text' }, 'update handler failed'],
  ]);
});

test('each waiter is answered at its own deadline, and the signal aborts at the latest', async () => {
  const handler = gate();
  const { log, lines } = listen();
  const collector = new Collector(spec, handler.run, log);
  const first = collector.collect(soon(10));
  const last = collector.collect(soon(60));
  await wait(10);
  expect(await first).toEqual(failure);
  expect(handler.signals[0]?.aborted).toBe(false);
  await wait(50);
  expect(await last).toEqual(failure);
  expect(handler.signals[0]?.aborted).toBe(true);
  expect(lines).toEqual([[{ collector: 'update', reason: 'its time is over' }, 'update handler aborted']]);
});

test('a late call is not repeated until it has settled; until then the collector fails at once', async () => {
  const handler = gate();
  const collector = new Collector(spec, handler.run, silentLogger);
  const late = collector.collect(soon(5));
  await wait(5);
  expect(await late).toEqual(failure);
  expect(await collector.collect(soon())).toEqual(failure);
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
  const collector = new Collector({ ...spec, timeoutMilliseconds: 10 }, handler.run, silentLogger);
  const answer = collector.collect(soon(60_000));
  await wait(10);
  expect(await answer).toEqual(failure);
  expect(handler.signals[0]?.aborted).toBe(true);
});

test('when nobody waits any more the signal aborts, and the next scrape gets a call of its own', async () => {
  const handler = gate();
  const { log, lines } = listen();
  const collector = new Collector(spec, handler.run, log);
  const client = new AbortController();
  const left = collector.collect({ ...soon(), signal: client.signal });
  expect(await collector.collect({ ...soon(), signal: AbortSignal.abort() })).toEqual(failure);
  expect(handler.signals[0]?.aborted).toBe(false);
  client.abort();
  expect(await left).toEqual(failure);
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
  const collector = new Collector(spec, handler.run, log);
  const client = new AbortController();
  const left = collector.collect({ ...soon(), signal: client.signal });
  client.abort();
  await left;
  const next = collector.collect(soon(20));
  await wait(20);
  expect(await next).toEqual(failure);
  expect(await collector.collect(soon())).toEqual(failure);
  expect(lines).toEqual([[{ collector: 'update', reason: 'its time is over' }, 'update handler aborted']]);
});

test('an asker that is gone already starts no call', async () => {
  const handler = gate();
  const collector = new Collector(spec, handler.run, silentLogger);
  expect(await collector.collect({ ...soon(), signal: AbortSignal.abort() })).toEqual(failure);
  expect(handler.signals).toEqual([]);
});

test('a handler that asks for a scrape itself finds its own call, and runs once', async () => {
  let runs = 0;
  const collector: Collector = new Collector(
    spec,
    () => {
      runs += 1;
      void collector.collect(soon());
    },
    silentLogger,
  );
  expect(await collector.collect(soon())).toEqual(success);
  expect(runs).toBe(1);
});

test('whatever is thrown, the next scrape gets a call of its own', async () => {
  const thrown: unknown[] = [Object.create(null), undefined, { toString: () => { throw new Error('no'); } }, Symbol('x')]; // prettier-ignore
  const { log, lines } = listen();
  const collector = new Collector(
    spec,
    () => {
      throw thrown.shift();
    },
    log,
  );
  for (let count = 4; count > 0; count -= 1) expect(await collector.collect(soon())).toEqual(failure);
  expect(lines.map((line) => (line as [{ error: string }])[0].error)).toEqual([
    'a value without a message', 'undefined', 'a value without a message', 'Symbol(x)',
  ]); // prettier-ignore
});

test('abort lets all who wait go', async () => {
  const handler = gate();
  const collector = new Collector(spec, handler.run, silentLogger);
  const answer = collector.collect(soon(60_000));
  await wait(1);
  collector.abort();
  expect(await answer).toEqual(failure);
  expect(handler.signals[0]?.aborted).toBe(true);
  handler.end();
  await collector.settled();
});
