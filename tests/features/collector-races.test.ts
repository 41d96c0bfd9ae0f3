import * as prom from 'prom-client';
import { Exporter, type Gauge, Metric, OnScrape } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';
import { answerOf, failed, fails, nothing, startFarm, told, wait } from './collector-farm.js';

/* No real time passes: what is told here are orders of events. */
beforeEach(() => void jest.useFakeTimers({ now: 1e12 }));
afterEach(() => void jest.useRealTimers());

const after = (milliseconds: number, update: () => unknown = () => {}) => () =>
  new Promise<unknown>((resolve) => setTimeout(resolve, milliseconds)).then(update); // prettier-ignore
const fail = (): never => {
  throw new Error('no answer');
};

describe.each(['drop', 'keep', 'fail'] as const)('a scrape that waits for another collector, onError %s', (onError) => {
  test.each([
    ['fails', fails],
    ['has no data', nothing],
  ])('tells what has succeeded for it, though a later call %s', async (_how, update) => {
    const { scrape, will } = await startFarm({ cows: { onError, ...(onError === 'keep' && { maxAge: '1ms' }) }, hens: {} });
    will('hens', after(100));
    const first = scrape();
    await wait(10);
    will('cows', update);
    const second = scrape();
    await wait(100);
    expect(told(await first)).toBe('200 cows=1 · cows 1 hens 1');
    expect([failed('cows'), '200 · cows 0 hens 1']).toContain(told(await second));
    will('cows', fails);
    will('hens', () => {});
    expect([failed('cows'), '200 · cows 0 hens 1']).toContain(await answerOf(scrape()));
  });
});

test('what was kept when its collector failed is told, though its time is over before the answer', async () => {
  const { scrape, will, exporter } = await startFarm({ cows: { onError: 'keep', maxAge: '1s' }, hens: { onError: 'fail' } });
  await answerOf(scrape());
  await wait(900);
  will('cows', fails);
  will('hens', after(500));
  const first = scrape();
  await wait(200);
  will('cows', fails);
  expect((await exporter.scrape({ collect: ['cows'] })).status).toBe(500);
  await wait(500);
  expect(told(await first)).toBe('200 cows=1 · cows 0 hens 1');
});

test('where no data came after the last success, nothing is kept', async () => {
  const { scrape, will } = await startFarm({ cows: { onError: 'keep' } });
  await scrape();
  will('cows', nothing);
  expect(told(await scrape())).toBe('200 · cows 0');
  will('cows', fails);
  expect(told(await scrape())).toBe(failed('cows'));
  expect(told(await scrape())).toBe('200 cows=4 · cows 1');
});

test('what happens while metrics of other packages are waited for changes nothing that has succeeded', async () => {
  const { exporter, will, scrape } = await startFarm({ cows: {}, hens: { onError: 'keep', maxAge: '1s' } });
  let isSlow = false;
  const collect = async (): Promise<void> => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 1_000));
  };
  exporter.registry.registerMetric(new prom.Gauge({ name: 'foreign', help: 'Of another package.', registers: [], collect }));
  await scrape();
  isSlow = true;
  await wait(900);
  will('hens', fails);
  const first = scrape();
  await wait(200);
  for (const kind of ['cows', 'hens']) will(kind, fails);
  const second = scrape();
  await wait(3_000);
  expect(told(await first)).toBe('200 cows=2 hens=1 · cows 1 hens 0');
  expect(told(await second)).toBe(failed('cows, hens'));
});

test('a call that ends while it waits for its turn is done with that, and the next scrape has its own', async () => {
  const { scrape, will, calls } = await startFarm({ cows: { cache: '1m' }, hens: {} }, { options: { maxConcurrentCollectors: 1 } });
  will('cows', after(5_000));
  const first = scrape(2.5);
  await wait(2_000);
  expect(told(await first)).toBe(failed('cows, hens'));
  const second = scrape(8.5);
  await wait(3_000);
  expect(told(await second)).toBe('200 hens=1 · cows 1 hens 1');
  expect(calls).toEqual({ cows: 1, hens: 1 });
});

test('where the logger fails, series of a failed call are gone all the same', async () => {
  const broken = (): never => {
    throw new Error('disk full');
  };
  const { scrape, will, exporter } = await startFarm({ cows: {}, hens: {} }, { log: { ...silentLogger, error: broken, debug: broken } });
  for (const update of [fails, nothing, after(10_000)]) {
    await scrape();
    will('cows', update);
    expect(await answerOf(scrape(1))).toContain('· cows 0 hens 1');
    expect(await exporter.registry.metrics()).not.toContain('cows');
    await wait(10_000);
  }
});

@Exporter({ name: 'shared-exporter', description: 'Two collectors of one metric.' })
class Shared {
  @Metric({ type: 'gauge', help: 'A value.', labels: ['k'] }) value!: Gauge<'k'>;
  first: (() => unknown)[] = [];
  second: (() => unknown)[] = [];
  @OnScrape({ name: 'first' }) updateFirst() {
    return this.first.shift()?.();
  }
  @OnScrape({ name: 'second' }) updateSecond() {
    return this.second.shift()?.();
  }
}

async function startShared() {
  const { exporter, instance, ...test } = await startTestExporter(Shared, { log: silentLogger });
  return {
    exporter,
    instance,
    set: (k: string, value: number) => () => instance.value.set({ k }, value),
    values: async (answer = test.scrape()) => {
      await wait(100);
      return (await answer).families.flatMap(({ name, samples }) =>
        name === 'value' ? samples.map(({ labels, value }) => `${labels['k']}=${value}`) : [],
      );
    },
  };
}

test('a series that goes from the first collector to the second is in every answer', async () => {
  const { instance, set, values } = await startShared();
  instance.first.push(set('x', 1));
  expect(await values()).toEqual(['x=1']);
  // The second ends while the first still runs, which does not set it again.
  instance.first.push(after(50));
  instance.second.push(set('x', 2));
  expect(await values()).toEqual(['x=2']);
  instance.first.push(after(50, set('x', 3)));
  instance.second.push(set('x', 4));
  expect(await values()).toEqual(['x=3']);
  instance.first.push(after(50, fail));
  instance.second.push(set('x', 5));
  expect(await values()).toEqual(['x=5']);
});

test('a collector that is asked alone tells also what another one would show', async () => {
  const { exporter, instance, set, values } = await startShared();
  instance.first.push(set('x', 1));
  instance.second.push(set('x', 2));
  expect(await values()).toEqual(['x=1']);
  instance.second.push(set('x', 3));
  const { body } = await exporter.scrape({ collect: ['second'] });
  expect(body.toString()).toContain('value{k="x"} 3\n');
});

test('collectors that reset their metric by habit do not take the series of others', async () => {
  const { instance, values } = await startShared();
  for (let round = 0; round < 3; round++) {
    instance.first.push(after(10 * round, () => (instance.value.reset(), instance.value.set({ k: 'a' }, round))));
    instance.second.push(after(10, () => (instance.value.reset(), instance.value.set({ k: 'b' }, round))));
    expect((await values()).toSorted()).toEqual([`a=${round}`, `b=${round}`]);
  }
});

describe('when a stop begins', () => {
  test('a scrape that waits for the end of an abandoned call has its own call finished', async () => {
    const { exporter, will, calls } = await startFarm({ cows: {} });
    const client = new AbortController();
    will('cows', after(100));
    const left = exporter.scrape({ signal: client.signal });
    await wait(10);
    client.abort();
    await left;
    will(
      'cows',
      after(1_000, () => (exporter.metrics['animals'] as unknown as Gauge<'kind'>).set({ kind: 'cow' }, 1)),
    );
    const answer = exporter.scrape();
    await wait(10);
    const stopped = exporter.stop();
    await wait(2_000);
    await stopped;
    expect(calls).toEqual({ cows: 2 });
    expect((await answer).body.toString()).toContain('animals{kind="cow"} 1\n');
  });

  test('a collector that comes after another one still begins', async () => {
    const { exporter, will } = await startFarm({ cows: {}, hens: { after: ['cows'] } });
    will('cows', after(1_000));
    will(
      'hens',
      after(500, () => (exporter.metrics['animals'] as unknown as Gauge<'kind'>).set({ kind: 'hens' }, 1)),
    );
    const answer = exporter.scrape();
    await wait(10);
    const stopped = exporter.stop();
    await wait(2_000);
    await stopped;
    expect((await answer).body.toString()).toContain('animals{kind="hens"} 1\n');
  });

  test.each([{ every: '1h' }, { cron: '0 * * * *' }, { cache: '1h' }])(
    'a scrape that waits for the first call gets it: %p',
    async (rhythm) => {
      const { exporter } = await startFarm({});
      let set = (): void => {};
      exporter.addCollector(
        'cows',
        rhythm,
        after(1_000, () => set()),
      );
      set = () => (exporter.metrics['animals'] as unknown as Gauge<'kind'>).set({ kind: 'cow' }, 1);
      const answer = exporter.scrape();
      await wait(10);
      const stopped = exporter.stop();
      await wait(2_000);
      await stopped;
      expect((await answer).body.toString()).toContain('animals{kind="cow"} 1\n');
    },
  );

  test('nobody waits for a call that goes on in the background', async () => {
    const { exporter } = await startFarm({});
    let isAborted = false;
    for (const [name, rhythm] of [['often', { every: '1h' }], ['cached', { cache: '1h' }]] as const) {
      exporter.addCollector(name, rhythm, ({ signal }) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(void (isAborted = true)))));
    } // prettier-ignore
    const client = new AbortController();
    const answer = exporter.scrape({ signal: client.signal });
    await wait(10);
    client.abort();
    await answer;
    const stopped = exporter.stop();
    await wait(0);
    await stopped;
    expect(isAborted).toBe(true);
  });
});
