import fc from 'fast-check';
import { CallScope } from '../../src/metrics/call.js';
import { Counter } from '../../src/metrics/counter.js';
import { Enum } from '../../src/metrics/enum.js';
import { firstSeries } from '../../src/metrics/first-series.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { Info } from '../../src/metrics/info.js';
import { Summary } from '../../src/metrics/summary.js';
import { Unknown } from '../../src/metrics/unknown.js';
import { ownerOf } from './owner-of.js';
import { seriesOf, valuesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const labels = { method: ['GET', 'POST'], code: ['200', '404'] };
const half = { method: ['GET', 'POST'], code: null };
const counterSpec = specOf({ name: 'c', type: 'counter', labels });
const histogramSpec = specOf({ name: 'h', type: 'histogram', buckets: [1], labels });
const get = { method: 'GET', code: '200' };
const put = { method: 'PUT', code: '200' };
const textOf = (metric: { takeFamily(): unknown }) =>
  valuesOf(metric.takeFamily() as never).map(([own, value]) => `${Object.values(own).join()}=${value}`);
const zeros = ['GET,200=0', 'GET,404=0', 'POST,200=0', 'POST,404=0'];

describe('where the values of all labels are known', () => {
  test('a counter starts with all combinations at 0, in the order of the declaration', () => {
    const counter = new Counter(counterSpec);
    expect(textOf(counter)).toEqual(zeros);
    counter.inc({ code: '404', method: 'GET' });
    counter.labels('POST', 200).inc(5);
    expect(textOf(counter)).toEqual(['GET,200=0', 'GET,404=1', 'POST,200=5', 'POST,404=0']);
  });

  test('so does a histogram', () => {
    const family = new Histogram(histogramSpec).takeFamily();
    expect(seriesOf(family)).toHaveLength(4);
    expect(seriesOf(family)[1]).toEqual({
      labels: [['method', 'GET'], ['code', '404']],
      buckets: [[1, 0], [Infinity, 0]],
      sum: 0,
      count: 0,
    }); // prettier-ignore
  });

  test('so does a summary, whose quantiles of nothing are NaN', async () => {
    const summary = new Summary(specOf({ name: 's', type: 'summary', percentiles: [0.5], labels }));
    summary.observe(get, 7);
    expect(seriesOf(await summary.takeFamily()).map(({ quantiles, sum, count }) => [quantiles, sum, count])).toEqual([
      [[[0.5, 7]], 7, 1],
      ...Array<unknown>(3).fill([[[0.5, NaN]], 0, 0]),
    ]);
  });

  test('gauges, infos, enums and unknowns start with none', () => {
    const side = { side: ['left', 'right'] };
    const metrics = [
      new Gauge(specOf({ name: 'g', type: 'gauge', labels: side })),
      new Unknown(specOf({ name: 'u', type: 'unknown', labels: side })),
      new Info(specOf({ name: 'i', type: 'info', labels: side })),
      new Enum(specOf({ name: 'e', type: 'enum', states: ['a'], labels: side })),
    ];
    for (const metric of metrics) expect(metric.takeFamily().blocks).toEqual([]);
  });

  test('a reset brings the zeros back, and what was removed as well', () => {
    const counter = new Counter(counterSpec);
    const child = counter.labels('GET', '200');
    child.inc(3);
    counter.remove('POST', '404');
    expect(textOf(counter)).toEqual(['GET,200=3', 'GET,404=0', 'POST,200=0']);
    counter.reset();
    expect(textOf(counter)).toEqual(zeros);
    child.inc();
    expect(textOf(counter)[0]).toBe('GET,200=1');
  });

  test('they began when the metric did', () => {
    jest.useFakeTimers({ now: 5_000 });
    const counter = new Counter(specOf({ name: 'c', type: 'counter', labels: { code: ['200'] }, created: true }));
    jest.setSystemTime(7_000);
    counter.inc({ code: '200' });
    expect(seriesOf(counter.takeFamily())).toMatchObject([{ value: 1, created: 5 }]);
    jest.useRealTimers();
  });

  test('a label may be called as anything, and have the empty value', () => {
    const spec = specOf({ name: 'c', type: 'counter', labels: { constructor: ['', 'a,b'], toString: ['"\\\n'] } });
    const counter = new Counter(spec);
    counter.labels('', '"\\\n').inc();
    expect(valuesOf(counter.takeFamily())).toEqual([
      [{ constructor: '', toString: '"\\\n' }, 1],
      [{ constructor: 'a,b', toString: '"\\\n' }, 0],
    ]);
  });

  test('ten thousand series are made at once, of few labels or of many', () => {
    const digits = Array.from('0123456789');
    const wide = new Counter(specOf({ name: 'c', type: 'counter', labels: { a: digits, b: digits, c: digits, d: digits } }));
    expect(textOf(wide)).toHaveLength(10_000);
    expect(textOf(wide)[1_234]).toBe('1,2,3,4=0');
    const names = Array.from({ length: 5_000 }, (_, place) => [`l${place}`, ['x']] as const);
    const deep = new Counter(specOf({ name: 'c', type: 'counter', labels: Object.fromEntries(names) }));
    expect(textOf(deep)).toHaveLength(1);
  });
});

test('where one label takes any value, nothing is there before it is counted', () => {
  const counter = new Counter(specOf({ name: 'c', type: 'counter', labels: half }));
  expect(textOf(counter)).toEqual([]);
  counter.inc({ method: 'POST', code: 'teapot' });
  expect(textOf(counter)).toEqual(['POST,teapot=1']);
});

test('combinations are those of nested loops', () => {
  const list = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 4 }), (lists) => {
      const expected = lists.reduce<readonly (readonly string[])[]>(
        (combined, values) => combined.flatMap((before) => values.map((value) => [...before, value])),
        [[]],
      );
      const names = lists.map((_, place) => `l${place}`);
      expect([...firstSeries({ labels: names, labelValues: lists })]).toEqual(expected);
      expect([...firstSeries({ labels: [...names, 'open'], labelValues: [...lists, undefined] })]).toEqual([]);
    }),
  );
});

describe('a value that is not known is refused', () => {
  const what = 'label "method" is "PUT". Use one of GET, POST.';
  const counter = new Counter(specOf({ name: 'c', type: 'counter', labels: half }));
  const gauge = new Gauge(specOf({ name: 'g', type: 'gauge', labels: half }));
  const histogram = new Histogram(specOf({ name: 'h', type: 'histogram', labels: half }));
  const summary = new Summary(specOf({ name: 's', type: 'summary', labels: half }));
  const info = new Info(specOf({ name: 'i', type: 'info', labels: half }));
  const state = new Enum(specOf({ name: 'e', type: 'enum', states: ['a'], labels: half }));

  test.each<[string, () => unknown]>([
    ['c_total', () => counter.inc(put)],
    ['c_total', () => counter.labels('PUT', '200')],
    ['c_total', () => counter.labels(put)],
    ['c_total', () => counter.remove(put)],
    ['c_total', () => counter.remove('PUT', '200')],
    ['g', () => gauge.set(put, 1)],
    ['g', () => gauge.setToCurrentTime(put)],
    ['g', () => gauge.startTimer(put)],
    ['h', () => histogram.observe(put, 1)],
    ['h', () => histogram.zero(put)],
    ['h', () => histogram.setBuckets(put, { buckets: {}, sum: 0, count: 0 })],
    ['s', () => summary.observe(put, 1)],
    ['i_info', () => info.info(put)],
    ['e', () => state.state(put, 'a')],
  ])('by %s (%#)', (where, update) => {
    expect(failureOf(update)).toBe(`ScrapeError INVALID_LABELS ${where}: ${what}`);
  });

  test('and leaves nothing behind', async () => {
    for (const metric of [counter, gauge, histogram, summary, info, state]) expect((await metric.takeFamily()).blocks).toEqual([]);
  });

  test('with the first ones, where there are many', () => {
    const values = Array.from({ length: 500 }, (_, place) => `value number ${place}`);
    const many = new Gauge(specOf({ name: 'm', type: 'gauge', labels: { a: values } }));
    const first = values.slice(0, 20).join(', ');
    expect(failureOf(() => many.set({ a: 'x' }, 1))).toBe(
      `ScrapeError INVALID_LABELS m: label "a" is "x". Use one of ${first} or one of 480 others.`,
    );
  });

  test('a number is known as its text', () => {
    const codes = new Gauge(specOf({ name: 'g', type: 'gauge', labels: { code: ['200', '404'] } }));
    codes.set({ code: 404 }, 1);
    codes.labels(404).inc();
    expect(textOf(codes)).toEqual(['404=2']);
    expect(failureOf(() => codes.set({ code: 500 }, 1))).toMatch(/label "code" is 500. Use one of 200, 404.$/);
  });
});

describe('a metric that is mirrored', () => {
  function mirrored() {
    const scope = new CallScope();
    const owner = ownerOf();
    const counter = new Counter(counterSpec, scope);
    const call = () => scope.open(owner, () => {});
    return { counter, call };
  }

  test('loses its zeros, since its source knows which series there are', () => {
    const { counter, call } = mirrored();
    const update = call();
    expect(textOf(counter)).toEqual(zeros);
    update.run(() => counter.setTotal(get, 7));
    expect(textOf(counter)).toEqual([]);
    update.publish();
    expect(textOf(counter)).toEqual(['GET,200=7']);
  });

  test('loses them by a kept child, and outside of calls, as well', () => {
    const { counter } = mirrored();
    counter.labels(get).setTotal(7);
    expect(textOf(counter)).toEqual(['GET,200=7']);
    const histogram = new Histogram(histogramSpec);
    histogram.setBuckets(get, { buckets: { 2: 1 }, sum: 1, count: 1 });
    expect(seriesOf(histogram.takeFamily())).toMatchObject([{ count: 1 }]);
  });

  test('has none after a reset', () => {
    const { counter, call } = mirrored();
    counter.setTotal(get, 7);
    counter.reset();
    expect(textOf(counter)).toEqual([]);
    const update = call();
    update.run(() => counter.reset());
    update.publish();
    expect(textOf(counter)).toEqual([]);
  });

  test('keeps them as long as its updates are refused', () => {
    const { counter } = mirrored();
    expect(failureOf(() => counter.setTotal(get, -1))).toContain('INVALID_UPDATE');
    expect(textOf(counter)).toEqual(zeros);
  });

  test('starts at 0 without labels as before', () => {
    const counter = new Counter(specOf({ name: 'c', type: 'counter' }));
    counter.setTotal(5);
    counter.reset();
    expect(textOf(counter)).toEqual(['=0']);
  });
});

test('a metric that is counted keeps its zeros, whatever calls do', () => {
  const scope = new CallScope();
  const counter = new Counter(counterSpec, scope);
  const call = scope.open(ownerOf(), () => {});
  call.run(() => counter.inc(get));
  call.publish();
  expect(textOf(counter)).toEqual(['GET,200=1', ...zeros.slice(1)]);
});
