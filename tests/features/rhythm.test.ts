import { Exporter, type Gauge, Metric, OnScrape } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(2026, 0, 1, 12, 10) });
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});
const wait = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

@Exporter({ name: 'slow-exporter', description: 'Sources that are slow.' })
class Slow {
  calls = { cached: 0, often: 0, hourly: 0 };
  takes = 0;
  @Metric({ type: 'gauge', help: 'Cached.' }) cachedCalls!: Gauge;
  @Metric({ type: 'gauge', help: 'In the background' }) oftenCalls!: Gauge;
  @Metric({ type: 'gauge', help: 'At times.' }) hourlyCalls!: Gauge;
  @Metric({ type: 'gauge', help: 'Each time.' }) sum!: Gauge;

  @OnScrape({ name: 'cached', cache: '1m' }) async updateCached() {
    this.calls.cached += 1;
    await new Promise((resolve) => setTimeout(resolve, this.takes));
    this.cachedCalls.set(this.calls.cached);
  }

  @OnScrape({ name: 'often', every: '30s' }) updateOften() {
    this.calls.often += 1;
    this.oftenCalls.set(this.calls.often);
  }

  @OnScrape({ name: 'hourly', cron: '0 * * * *' }) updateHourly() {
    this.calls.hourly += 1;
    this.hourlyCalls.set(this.calls.hourly);
  }

  @OnScrape({ name: 'sum', after: ['cached'] }) updateSum() {
    this.sum.set(this.calls.cached + this.calls.often + this.calls.hourly);
  }
}

test('sources are asked at their own times, and their metrics say so', async () => {
  await using exporter = await startTestExporter(Slow);
  const told = async () => {
    const scraping = exporter.scrape();
    await wait(0);
    const { value } = await scraping;
    return ['cached_calls', 'often_calls', 'hourly_calls', 'sum'].map((name) => value(name));
  };
  expect(await told()).toEqual([1, 1, 1, 3]);
  await wait(30_000);
  expect(await told()).toEqual([1, 2, 1, 4]);
  await wait(30_000);
  expect(await told()).toEqual([2, 3, 1, 6]);
  await wait(3_600_000 + 30_000);
  const [, , hourly] = await told();
  expect(hourly).toBe(2);
  const { families } = await exporter.scrape();
  expect(families.slice(0, 4).map(({ help }) => help)).toEqual([
    'Cached. Cached for 1m.',
    'In the background. Refreshed every 30s.',
    'At times. Refreshed at "0 * * * *".',
    'Each time.',
  ]);
});

test('a source slower than a scrape fills its cache all the same', async () => {
  await using exporter = await startTestExporter(Slow);
  exporter.instance.takes = 20_000;
  const scrape = async () => {
    const scraping = exporter.scrape({ timeoutSeconds: 5.5 });
    await wait(5_000);
    const { value } = await scraping;
    return [value('cached_calls'), value('slow_scrape_collector_success', { collector: 'cached' })];
  };
  expect(await scrape()).toEqual([undefined, 0]);
  await wait(10_000);
  expect(await scrape()).toEqual([1, 1]);
});

test('wrong rhythms are told when the class is read', async () => {
  @Exporter({ name: 'wrong-exporter', description: 'Wrong.' })
  class Wrong {
    @OnScrape({ after: ['second'] }) first() {}
    @OnScrape({ cron: 'never' }) second() {}
    @OnScrape({ after: ['frist'] }) third() {}
  }
  await expect(startTestExporter(Wrong)).rejects.toThrow(
    [
      '3 mistakes:',
      'Wrong.second: cron is "never", which is no pattern of cron. Give a pattern such as 0 * * * *.',
      'Wrong.first: after names "second", which is no collector declared before. There are none.',
      'Wrong.third: after names "frist", which is no collector declared before. Did you mean first?',
    ].join('\n  '),
  );
});
