import { setTimeout as sleep } from 'node:timers/promises';
import { createExporter, Exporter, OnScrape, type Scrape } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { answerOf, fails, hangs, startFarm, told, wait } from './collector-farm.js';

type Farm = Awaited<ReturnType<typeof startFarm>>;
const set = (farm: Farm, kind: string, value = 1): void =>
  (farm.exporter.metrics['animals'] as never as { set(l: object, v: number): void }).set({ kind }, value);

test('what an abort listener sets is dropped like all that comes after the end of a call', async () => {
  const farm = await startFarm({ cows: {}, hens: {} });
  farm.will('cows', ({ signal }) => new Promise<void>((done) => signal.addEventListener('abort', () => (set(farm, 'late'), done()))));
  jest.useFakeTimers();
  expect(await answerOf(farm.scrape(0.5))).toBe('200 hens=1 · cows 0 hens 1');
  jest.useRealTimers();
  farm.will('cows', () => {});
  expect(told(await farm.scrape())).toBe('200 hens=2 · cows 1 hens 1');
});

test('what a returned thenable sets belongs to the call', async () => {
  const farm = await startFarm({ cows: {} });
  // eslint-disable-next-line unicorn/no-thenable
  farm.will('cows', () => ({ then: (done: () => void) => (set(farm, 'cows'), done()) }));
  expect(told(await farm.scrape())).toBe('200 cows=1 · cows 1');
  farm.will('cows', () => {});
  expect(told(await farm.scrape())).toBe('200 · cows 1');
});

test('kept values are told also when the grace time of a stop ends the call', async () => {
  const farm = await startFarm({ cows: { onError: 'keep' }, hens: {} });
  await farm.scrape();
  jest.useFakeTimers();
  farm.will('cows', hangs);
  const answer = farm.scrape(60);
  void farm.stop();
  await wait(10_100);
  jest.useRealTimers();
  expect(told(await answer)).toBe('200 cows=1 hens=2 · cows 0 hens 1');
});

test('collectors whose options or variables are the same are a mistake', () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Twice {
    @OnScrape({ name: 'a_b' }) one() {}
    @OnScrape({ name: 'a-b' }) two() {}
  }
  expect(() => createExporter(Twice, { log: silentLogger })).toThrow('collector a_b has the same variable as a-b');
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Hiding {
    @OnScrape({ name: 'disable-defaults' }) one() {}
  }
  expect(() => createExporter(Hiding, { log: silentLogger })).toThrow('disable-defaults');
});

test('the deadline of a call is not later than its timeout', async () => {
  const farm = await startFarm({ cows: { timeout: '1s' } });
  let allowed = Infinity;
  jest.useFakeTimers();
  farm.will('cows', ({ deadline }: Scrape) => (allowed = deadline - Date.now()));
  await answerOf(farm.scrape(60));
  jest.useRealTimers();
  expect(allowed).toBe(1_000);
});

test('whatever is thrown, also by the logger, the collector goes on', async () => {
  const farm = await startFarm({ cows: {}, hens: {} }, { log: { ...silentLogger, error: () => { throw new Error('disk full'); } } }); // prettier-ignore
  const unhandled: unknown[] = [];
  const listen = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', listen);
  farm.will('cows', fails);
  await farm.scrape();
  await sleep(10);
  expect(told(await farm.scrape())).toBe('200 cows=2 hens=2 · cows 1 hens 1');
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
});

test('a suggestion for collect[] names no disabled collector', async () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Some {
    @OnScrape({ name: 'cpu' }) one() {}
    @OnScrape({ name: 'gpus', enabled: false }) two() {}
  }
  const exporter = createExporter(Some, { log: silentLogger });
  await exporter.start();
  expect((await exporter.scrape({ collect: ['gpuss'] })).body.toString()).not.toContain('mean gpus?');
});
