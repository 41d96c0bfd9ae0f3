import * as prom from 'prom-client';
import { type ForeignMetric, readForeign } from '../../src/metrics/foreign-metric.js';
import { seriesOf } from './series-of.js';
import { failureOf } from './spec-of.js';

const registers: prom.Registry[] = [];
const read = (metric: object, defaults: readonly (readonly [string, string])[] = []) => readForeign(metric as ForeignMetric, defaults);
const telling = (result: object) => read({ name: 'given', get: () => ({ name: 'given', help: 'h', type: 'gauge', ...result }) });

test('a gauge of prom-client', async () => {
  const gauge: prom.Gauge = new prom.Gauge({
    name: 'queue',
    help: 'h',
    labelNames: ['a'],
    registers,
    collect: () => gauge.set({ a: 'x' }, 7),
  });
  expect(await read(gauge)).toEqual({
    name: 'queue',
    help: 'h',
    unit: undefined,
    type: 'gauge',
    blocks: [{ labels: ['a="x"'], values: Float64Array.of(7) }],
  });
});

test.each(['jobs', 'jobs_total'])('a counter of prom-client named %s', async (name) => {
  const counter = new prom.Counter({ name, help: 'h', registers });
  counter.inc(2);
  expect(await read(counter)).toEqual({
    name: 'jobs',
    help: 'h',
    unit: undefined,
    type: 'counter',
    blocks: [{ labels: [''], values: Float64Array.of(2) }],
  });
});

test('a histogram of prom-client', async () => {
  const histogram = new prom.Histogram({ name: 'latency', help: 'h', labelNames: ['a'], buckets: [1, 2], registers });
  histogram.observe({ a: 'x' }, 1.5);
  histogram.observe({ a: 'y' }, 3);
  expect(seriesOf(await read(histogram))).toEqual([
    { labels: [['a', 'x']], buckets: [[1, 0], [2, 1], [Infinity, 1]], sum: 1.5, count: 1 },
    { labels: [['a', 'y']], buckets: [[1, 0], [2, 0], [Infinity, 1]], sum: 3, count: 1 },
  ]); // prettier-ignore
});

test('a summary of prom-client', async () => {
  const summary = new prom.Summary({ name: 'latency', help: 'h', percentiles: [0.5], registers });
  summary.observe(3);
  expect(seriesOf(await read(summary))).toEqual([{ labels: [], quantiles: [[0.5, 3]], sum: 3, count: 1 }]);
});

test('a metric of an unknown type is of type unknown', async () => {
  expect(await telling({ type: 'speed', values: [{ value: 1, labels: {} }] })).toMatchObject({
    type: 'unknown',
    blocks: [{ values: Float64Array.of(1) }],
  });
  expect(await telling({ type: undefined })).toMatchObject({ type: 'unknown', blocks: [] });
});

test('whatever a label is, it becomes a text; a missing one is none', async () => {
  const values = [
    { value: '5', labels: { a: 404, b: true, c: undefined, d: null, e: Object.create(null), f: ['x', 'y'], g: Symbol('s') } },
  ];
  expect(seriesOf(await telling({ values }))).toEqual([
    { labels: [['a', '404'], ['b', 'true'], ['e', 'an object'], ['f', 'x,y'], ['g', 'Symbol(s)']], value: 5 },
  ]); // prettier-ignore
});

test('halves of characters are what UTF-8 makes of them, so that no series comes twice', async () => {
  const values = [
    { value: 1, labels: { a: '\ud800' } },
    { value: 2, labels: { a: '\udfff' } },
    { value: 3, labels: { a: '😀' } },
  ];
  expect(seriesOf(await telling({ values }))).toEqual([
    { labels: [['a', '\ufffd']], value: 1 },
    { labels: [['a', '😀']], value: 3 },
  ]);
});

test('a counter whose family would have no name is refused', async () => {
  const message = '_total: metric name "_total" is an ending only. Put a name before it.';
  await expect(telling({ name: '_total', type: 'counter' })).rejects.toThrow(message);
});

test('of series with the same labels the first stays', async () => {
  const values = [{ value: 1, labels: { a: 1, b: 2 } }, { value: 2, labels: { b: '2', a: '1' } }, { value: 3 }, { value: 4, labels: {} }]; // prettier-ignore
  expect(seriesOf(await telling({ values }))).toMatchObject([{ value: 1 }, { value: 3 }]);
  const line = (value: number, le?: unknown, metricName = 'given_bucket') => ({
    value,
    metricName,
    labels: le === undefined ? {} : { le },
  });
  const lines = [line(1, 5), line(2, '+Inf'), line(3, undefined, 'given_sum'), line(2, undefined, 'given_count')];
  const twice = [...lines, ...lines.map((one) => ({ ...one, value: 99 }))];
  expect(seriesOf(await telling({ type: 'histogram', values: twice }))).toEqual([
    { labels: [], buckets: [[5, 1], [Infinity, 2]], sum: 3, count: 2 },
  ]); // prettier-ignore
});

test('a histogram or summary that tells half is completed', async () => {
  const values = [{ value: 2, labels: { le: '+Inf' } }, { value: 1, labels: { le: 5 } }, { value: 1, labels: { le: 1 } }]; // prettier-ignore
  expect(seriesOf(await telling({ type: 'histogram', values }))).toEqual([
    { labels: [], buckets: [[1, 1], [5, 1], [Infinity, 2]], sum: NaN, count: 2 },
  ]); // prettier-ignore
  expect(seriesOf(await telling({ type: 'histogram', values: [{ value: 1, metricName: 'x_created' }] }))).toEqual([
    { labels: [], buckets: [[Infinity, 0]], sum: NaN, count: 0 },
  ]);
  expect(seriesOf(await telling({ type: 'summary', values: [{ value: 1, labels: { quantile: 0.5 } }] }))).toEqual([
    { labels: [], quantiles: [[0.5, 1]], sum: NaN, count: 0 },
  ]);
});

test('default labels are added where they are missing, and make no duplicates', async () => {
  const gauge = new prom.Gauge({ name: 'queue', help: 'h', labelNames: ['zone'], registers });
  gauge.set({}, 1);
  gauge.set({ zone: 'eu' }, 2);
  gauge.set({ zone: 'us' }, 3);
  expect(seriesOf(await read(gauge, [['zone', 'eu']]))).toEqual([
    { labels: [['zone', 'eu']], value: 1 },
    { labels: [['zone', 'us']], value: 3 },
  ]);
});

test.each([
  [{ name: 'a-b' }, 'ScrapeError INVALID_NAME given: metric name "a-b" is not allowed'],
  [{ name: undefined }, 'ScrapeError INVALID_NAME given: metric name undefined is not allowed'],
  [{ values: [{ value: 1, labels: { 'a-b': 1 } }] }, 'ScrapeError INVALID_LABELS given: label "a-b" is not allowed'],
  [{ values: [{ value: 1, labels: { __name__: 'x' } }] }, 'ScrapeError INVALID_LABELS given: label "__name__" is not allowed'],
  [{ values: [{ value: Symbol('s') }] }, 'TypeError'],
])('what would spoil a page is refused (%#)', async (result, message) => {
  const error: unknown = await telling(result).catch((thrown: unknown) => thrown);
  expect(failureOf(() => { throw error; })).toContain(message); // prettier-ignore
});
