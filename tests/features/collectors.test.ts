import type { TestScrape } from '../../src/testing/index.js';
import { answerOf, type Declaration, failed, fails, hangs, nothing, startFarm, told, type Update, wait } from './collector-farm.js';

/* No real time passes: what is told here are orders of events. */
beforeEach(() => void jest.useFakeTimers({ now: 1e12 }));
afterEach(() => void jest.useRealTimers());

describe.each<[how: string, update: Update, level: string, message: string]>([
  ['fails', fails, 'error', 'update handler failed'],
  ['is late', hangs, 'error', 'update handler aborted'],
])('a collector that %s', (_how, update, level, message) => {
  test.each<[policy: Declaration['onError'], answer: string]>([
    ['drop', '200 hens=2 · cows 0 hens 1'],
    ['keep', '200 cows=1 hens=2 · cows 0 hens 1'],
    ['fail', failed('cows')],
  ])('onError %s: %s', async (onError, answer) => {
    const { scrape, will, lines } = await startFarm({ cows: { onError: onError! }, hens: {} });
    expect(await answerOf(scrape())).toBe('200 cows=1 hens=1 · cows 1 hens 1');
    will('cows', update);
    expect(await answerOf(scrape(1))).toBe(answer);
    expect(lines).toMatchObject([[level, { collector: 'cows' }, message]]);
  });
});

test('values are kept for maxAge after the last success, five minutes by default', async () => {
  const { scrape, will } = await startFarm({ cows: { onError: 'keep', maxAge: '2m' }, hens: { onError: 'keep' } });
  await scrape();
  const tell = async (): Promise<string> => {
    for (const kind of ['cows', 'hens']) will(kind, fails);
    return told(await scrape());
  };
  await wait(120_000);
  expect(await tell()).toBe('200 cows=1 hens=1 · cows 0 hens 0');
  await wait(1);
  expect(await tell()).toBe('200 hens=1 · cows 0 hens 0');
  await wait(179_999);
  expect(await tell()).toBe('200 hens=1 · cows 0 hens 0');
  await wait(1);
  expect(await tell()).toBe(failed('cows, hens'));
  expect(told(await scrape())).toBe('200 cows=6 hens=6 · cows 1 hens 1');
});

// A capital has succeeded before.
test.each<[collectors: Readonly<Record<string, [Declaration['onError'], Update | undefined]>>, answer: string]>([
  [{ cows: ['drop', fails] }, failed('cows')],
  [{ cows: ['drop', hangs] }, failed('cows')],
  [{ cows: ['drop', fails], hens: ['drop', hangs] }, failed('cows, hens')],
  [{ cows: ['drop', fails], hens: ['drop', undefined] }, '200 hens=2 · cows 0 hens 1'],
  [{ cows: ['keep', fails] }, '200 cows=1 · cows 0'],
  [{ cows: ['keep', hangs], hens: ['drop', fails] }, '200 cows=1 · cows 0 hens 0'],
  [{ cows: ['keep', fails], hens: ['fail', hangs] }, failed('hens')],
  [{ cows: ['fail', fails], hens: ['drop', undefined] }, failed('cows')],
  [{ cows: ['fail', fails], hens: ['drop', fails] }, failed('cows, hens')],
  [{ cows: ['fail', undefined], hens: ['drop', fails] }, '200 cows=2 · cows 1 hens 0'],
  [{ cows: ['drop', nothing] }, '200 · cows 0'],
  [{ cows: ['fail', nothing], hens: ['drop', undefined] }, '200 hens=2 · cows 0 hens 1'],
  [{ cows: ['keep', nothing], hens: ['drop', undefined] }, '200 hens=2 · cows 0 hens 1'],
  [{ cows: ['drop', nothing], hens: ['drop', fails] }, '200 · cows 0 hens 0'],
  [{}, '200 · '],
])('%p: %s', async (collectors, answer) => {
  const declarations = Object.fromEntries(Object.entries(collectors).map(([name, [onError]]) => [name, { onError: onError! }]));
  const { scrape, will } = await startFarm(declarations);
  await scrape();
  for (const [kind, [, update]] of Object.entries(collectors)) if (update) will(kind, update);
  expect(await answerOf(scrape(1))).toBe(answer);
});

test('where no values were there to be kept, a collector that fails alone fails the scrape', async () => {
  const { scrape, will } = await startFarm({ cows: { onError: 'keep' } });
  will('cows', fails);
  expect(told(await scrape())).toBe(failed('cows'));
});

test('NoData costs a line of level debug, and no other', async () => {
  const { scrape, will, lines } = await startFarm({ cows: {} });
  will('cows', nothing);
  await scrape();
  expect(lines).toEqual([['debug', { collector: 'cows', reason: 'gone to the fair' }, 'no data']]);
});

test('three gauges tell how each collector fared', async () => {
  const { scrape, will } = await startFarm({ cows: { onError: 'keep' }, hens: {} });
  const gauges = async (answer: Promise<TestScrape>) => {
    await wait(3_000);
    const { value } = await answer;
    const of = (collector: string) =>
      ['success', 'duration_seconds', 'last_success_timestamp_seconds'].map((name) =>
        value(`farm_scrape_collector_${name}`, { collector }),
      );
    return [of('cows'), of('hens')];
  };
  const after = (milliseconds: number, update: Update = () => {}): Update => async (scrape) => {
    await new Promise((done) => setTimeout(done, milliseconds));
    return update(scrape);
  }; // prettier-ignore
  will('cows', after(250));
  will('hens', after(500, fails));
  expect(await gauges(scrape())).toEqual([[1, 0.25, 1e9 + 0.25], [0, 0.5, undefined]]); // prettier-ignore
  will('cows', after(100, fails));
  will('hens', hangs);
  expect(await gauges(scrape(2))).toEqual([[0, 0.1, 1e9 + 0.25], [0, 1.5, undefined]]); // prettier-ignore
  will('cows', after(0, nothing));
  // The call that hangs is three seconds old.
  expect(await gauges(scrape())).toEqual([[0, 0, 1e9 + 0.25], [0, 3, undefined]]); // prettier-ignore
});
