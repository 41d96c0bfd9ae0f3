import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { type Declaration, hangs, measure, startFarm, wait } from './collector-farm.js';

describe('without real time', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1e12 }));
  afterEach(() => void jest.useRealTimers());

  test.each<[header: number | undefined, offset: string | undefined, timeout: Declaration['timeout'], milliseconds: number]>([
    [10, undefined, undefined, 9_500],
    [0.6, undefined, undefined, 100],
    [0.5, undefined, undefined, 250],
    [0.2, undefined, undefined, 100],
    [10, '2s', undefined, 8_000],
    [10, '10s', undefined, 5_000],
    [10, '1ms', undefined, 9_999],
    [10, undefined, '3s', 3_000],
    [2, undefined, '3s', 1_500],
    [undefined, undefined, undefined, 10_000],
    [undefined, undefined, '3s', 3_000],
    [undefined, '2s', '20s', 20_000],
    [0, undefined, undefined, 10_000],
    [-5, undefined, '3s', 3_000],
    [NaN, undefined, undefined, 10_000],
    // No call is longer than a minute, unless its author says so.
    [90, undefined, undefined, 60_000],
    [90, undefined, '80s', 80_000],
    [1e6, undefined, '10m', 120_000],
  ])('header %p, offset %p, timeout %p: an answer after %i ms', async (timeoutSeconds, scrapeTimeoutOffset, timeout, milliseconds) => {
    const options = scrapeTimeoutOffset === undefined ? {} : { scrapeTimeoutOffset };
    const { scrape, will } = await startFarm({ cows: timeout === undefined ? {} : { timeout }, hens: {} }, { options });
    will('cows', hangs);
    expect(await measure(scrape(timeoutSeconds))).toEqual([['200 hens=1 · cows 0 hens 1', milliseconds]]);
  });

  test('scrapes that share a call are each answered at their own deadline', async () => {
    const { scrape, will, calls } = await startFarm({ cows: { onError: 'keep' }, hens: {} });
    await scrape();
    will('cows', () => new Promise((done) => setTimeout(done, 2_000)));
    expect(await measure(...[1, 2, 5].map((timeoutSeconds) => scrape(timeoutSeconds)))).toEqual([
      ['200 cows=1 hens=2 · cows 0 hens 1', 500],
      ['200 cows=1 hens=2 · cows 0 hens 1', 1_500],
      ['200 hens=2 · cows 1 hens 1', 2_000],
    ]);
    expect(calls).toEqual({ cows: 2, hens: 2 });
  });

  test('a collector that hangs is not started again, and holds no answer up, until it has settled', async () => {
    const { scrape, will, calls, lines } = await startFarm({ cows: {}, hens: {} });
    let settle = (): void => {};
    let signal: AbortSignal | undefined;
    will('cows', (one) => new Promise<void>((done) => ([settle, signal] = [done, one.signal])));
    expect(await measure(scrape(5))).toEqual([['200 hens=1 · cows 0 hens 1', 4_500]]);
    expect(signal?.aborted).toBe(true);
    expect(await measure(scrape(5))).toEqual([['200 hens=2 · cows 0 hens 1', 0]]);
    settle();
    await wait(0);
    expect(await measure(scrape())).toEqual([['200 cows=2 hens=3 · cows 1 hens 1', 0]]);
    expect([calls, lines]).toEqual([{ cows: 2, hens: 3 }, [['error', { collector: 'cows', reason: 'its time is over' }, 'update handler aborted']]]);
  }); // prettier-ignore

  test('the signal aborts when nobody waits any more, which is no failure', async () => {
    const { exporter, will, lines } = await startFarm({ cows: {} });
    let signal: AbortSignal | undefined;
    will('cows', (scrape) => new Promise(() => ({ signal } = scrape)));
    const clients = [new AbortController(), new AbortController()] as const;
    const answers = clients.map((client) => exporter.scrape({ signal: client.signal }));
    await wait(1);
    clients[0].abort();
    await wait(1);
    expect(signal?.aborted).toBe(false);
    clients[1].abort();
    await wait(1);
    expect([signal?.aborted, lines]).toEqual([true, []]);
    await Promise.all(answers);
  });
});

test('over HTTP the signal aborts when the client goes away', async () => {
  const { url, will, stop } = await startFarm({ cows: {} }, { listen: true });
  const signals = new EventEmitter();
  will(
    'cows',
    ({ signal }) => new Promise<void>((done) => (signal.addEventListener('abort', () => done()), signals.emit('signal', signal))),
  );
  const request = get(`${url}metrics`).on('error', () => {});
  const [signal] = (await once(signals, 'signal')) as [AbortSignal];
  expect(signal.aborted).toBe(false);
  request.destroy();
  await once(signal, 'abort');
  await stop();
});

const notTheClock = [
  'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout',
] as const; // prettier-ignore

test.each<[header: string | undefined, milliseconds: number]>([
  ['10', 9_500],
  ['2.000000', 1_500],
  ['0.4', 200],
  [' 3 ', 2_500],
  [undefined, 10_000],
  ['', 10_000],
  ['soon', 10_000],
  ['10s', 10_000],
  ['0', 10_000],
  ['-1', 10_000],
  ['Infinity', 10_000],
  ['NaN', 10_000],
  ['1e9', 60_000],
])('the header %p allows %i ms', async (header, milliseconds) => {
  // Only the clock stands still.
  jest.useFakeTimers({ doNotFake: [...notTheClock] });
  const { url, will, stop } = await startFarm({ cows: {} }, { listen: true });
  let allowed = 0;
  will('cows', ({ deadline }) => (allowed = deadline - Date.now()));
  await fetch(`${url}metrics`, { headers: header === undefined ? {} : { 'X-Prometheus-Scrape-Timeout-Seconds': header } });
  expect(allowed).toBe(milliseconds);
  await stop();
  jest.useRealTimers();
});
