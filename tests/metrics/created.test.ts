import { Counter } from '../../src/metrics/counter.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { Summary } from '../../src/metrics/summary.js';
import { seriesOf } from './series-of.js';
import { specOf } from './spec-of.js';

beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void jest.useRealTimers());

const part = { labels: ['a'], created: true } as const;
const later = (seconds: number) => jest.setSystemTime(1_000_000 + seconds * 1_000);
const createdOf = async (metric: Counter | Histogram | Summary) => seriesOf(await metric.takeFamily()).map(({ created }) => created);

const metrics: readonly (readonly [string, (labels: readonly string[], created: boolean) => Counter | Histogram | Summary])[] = [
  ['counter', (labels, created) => new Counter(specOf({ name: 'm', type: 'counter', labels, created }))],
  ['histogram', (labels, created) => new Histogram(specOf({ name: 'm', type: 'histogram', labels, created, buckets: [1] }))],
  ['summary', (labels, created) => new Summary(specOf({ name: 'm', type: 'summary', labels, created, percentiles: [0.5] }))],
];

function count(metric: Counter | Histogram | Summary, labels: object): void {
  if (metric instanceof Counter) metric.inc(labels);
  else metric.observe(labels, 1);
}

describe.each(metrics)('each series of a %s', (_, create) => {
  test('tells when it began, and when it began again', async () => {
    const metric = create(['a'], true);
    count(metric, { a: 'x' });
    later(5);
    count(metric, { a: 'x' });
    count(metric, { a: 'y' });
    expect(await createdOf(metric)).toEqual([1_000, 1_005]);
    later(6);
    metric.remove('x');
    count(metric, { a: 'x' });
    expect(await createdOf(metric)).toEqual([1_005, 1_006]);
  });

  test('tells it without labels from the start of the metric, or its reset', async () => {
    const metric = create([], true);
    later(5);
    count(metric, {});
    expect(await createdOf(metric)).toEqual([1_000]);
    metric.reset();
    later(7);
    expect(await createdOf(metric)).toEqual([1_005]);
  });

  test('tells it only where asked for', async () => {
    const metric = create(['a'], false);
    count(metric, { a: 'x' });
    expect(await createdOf(metric)).toEqual([undefined]);
  });
});

test('a histogram that is made to start at 0 begins again', async () => {
  const metric = new Histogram(specOf({ name: 'm', type: 'histogram', ...part }));
  metric.observe({ a: 'x' }, 1);
  later(3);
  metric.zero({ a: 'x' });
  expect(await createdOf(metric)).toEqual([1_003]);
});

test('what is mirrored began elsewhere, nobody knows when', async () => {
  const total = new Counter(specOf({ name: 'm', type: 'counter', ...part }));
  const plain = new Counter(specOf({ name: 'm', type: 'counter', created: true }));
  const sizes = new Histogram(specOf({ name: 'm', type: 'histogram', ...part }));
  total.setTotal({ a: 'x' }, 5);
  plain.setTotal(5);
  sizes.setBuckets({ a: 'x' }, { buckets: {}, sum: 1, count: 1 });
  expect(await Promise.all([total, plain, sizes].map(createdOf))).toEqual([[undefined], [undefined], [undefined]]);
});
