import { Counter } from '../../src/metrics/counter.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { seriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const counter = () => new Counter(specOf({ name: 'jobs', type: 'counter', labels: ['queue'] }));
const plainCounter = () => new Counter(specOf({ name: 'jobs', type: 'counter' }));
const histogram = () => new Histogram(specOf({ name: 'wait', type: 'histogram', labels: ['queue'], buckets: [1, 5] }));
const plainHistogram = () => new Histogram(specOf({ name: 'wait', type: 'histogram', buckets: [1, 5] }));
/** Takes what the compiler would refuse. */
interface Any {
  readonly inc: (...update: readonly unknown[]) => void;
  readonly observe: (...update: readonly unknown[]) => void;
  readonly labels: (...values: readonly string[]) => Any;
}

const of = (id: string, value: number) => expect.objectContaining({ labels: `id="${id}"`, value });
const exemplarsOf = (metric: Counter | Histogram) => seriesOf(metric.takeFamily()).map(({ exemplars }) => exemplars);

test('a counter shows the last exemplar of each series', () => {
  const jobs = counter();
  jobs.inc({ queue: 'a' }, 1, { id: 'one' });
  jobs.inc({ queue: 'a' }, 2, { id: 'two' });
  jobs.inc({ queue: 'b' });
  jobs.inc({ queue: 'a' });
  const child = jobs.labels('c');
  child.inc(undefined, { id: 'three' });
  jobs.inc({ queue: 'd' }, undefined, { id: 'four' });
  expect(exemplarsOf(jobs)).toEqual([{ 0: of('two', 2) }, undefined, { 0: of('three', 1) }, { 0: of('four', 1) }]);
  jobs.remove('a');
  child.inc(5, { id: 'five' });
  expect(exemplarsOf(jobs)).toEqual([undefined, { 0: of('five', 5) }, { 0: of('four', 1) }]);
});

test('a histogram shows the last exemplar of each bucket', () => {
  const wait = histogram();
  wait.observe({ queue: 'a' }, 0.5, { id: 'one' });
  wait.observe({ queue: 'a' }, 1, { id: 'two' });
  wait.observe({ queue: 'a' }, 3);
  wait.observe({ queue: 'a' }, 7, { id: 'three' });
  wait.labels('b').observe(5, { id: 'four' });
  wait.labels('b').observe(9, { id: 'five' });
  expect(exemplarsOf(wait)).toEqual([{ 1: of('two', 1), Infinity: of('three', 7) }, { 5: of('four', 5), Infinity: of('five', 9) }]); // prettier-ignore
  wait.zero({ queue: 'a' });
  expect(exemplarsOf(wait)).toEqual([undefined, { 5: of('four', 5), Infinity: of('five', 9) }]);
});

test('without labels the exemplar follows the value, also after empty labels', () => {
  const [jobs, wait] = [plainCounter(), plainHistogram()];
  jobs.inc(2, { id: 'one' });
  wait.observe(2, { id: 'one' });
  expect([...exemplarsOf(jobs), ...exemplarsOf(wait)]).toEqual([{ 0: of('one', 2) }, { 5: of('one', 2) }]);
  jobs.inc({}, 3, { id: 'two' });
  wait.observe({}, 3, { id: 'two' });
  jobs.inc(undefined, { id: 'three' });
  wait.labels().observe(0, { id: 'three' });
  expect([...exemplarsOf(jobs), ...exemplarsOf(wait)]).toEqual([{ 0: of('three', 1) }, { 1: of('three', 0), 5: of('two', 3) }]);
  jobs.reset();
  wait.reset();
  expect([...exemplarsOf(jobs), ...exemplarsOf(wait)]).toEqual([undefined, undefined]);
});

test.each<[string, () => Counter | Histogram, (metric: Any) => unknown, string]>([
  ['inc', counter, (m) => m.inc({ queue: 'a' }, 1, 'x'), 'jobs_total: exemplar labels are "x". Give an object, such as { trace_id }.'],
  ['inc of a child', counter, (m) => m.labels('a').inc(1, 5), 'jobs_total: exemplar labels are 5. Give an object, such as { trace_id }.'],
  ['inc without labels', plainCounter, (m) => m.inc(1, 5), 'jobs_total: got 5 after the value. It has no labels; give the value only.'],
  ['inc after empty labels', plainCounter, (m) => m.inc({}, 1, 5), 'jobs_total: exemplar labels are 5. Give an object, such as { trace_id }.'],
  ['observe', histogram, (m) => m.observe({ queue: 'a' }, 1, null), 'wait: exemplar labels are null. Give an object, such as { trace_id }.'],
  ['observe of a child', histogram, (m) => m.labels('a').observe(1, 'x'), 'wait: exemplar labels are "x". Give an object, such as { trace_id }.'],
  ['observe without labels', plainHistogram, (m) => m.observe(1, 'x'), 'wait: got "x" after the value. It has no labels; give the value only.'],
])('%s with a wrong exemplar counts nothing', (_, create, update, message) => {
  const metric = create();
  const before = metric.takeFamily();
  expect(failureOf(() => update(metric as unknown as Any))).toBe(`ScrapeError INVALID_UPDATE ${message}`);
  expect(metric.takeFamily()).toBe(before);
}); // prettier-ignore

test('a gauge takes no exemplars', () => {
  const load = new Gauge(specOf({ name: 'load', type: 'gauge' }));
  expect(failureOf(() => load.set(5, { id: 'x' }))).toBe(
    'ScrapeError INVALID_UPDATE load: got an object after the value. It has no labels; give the value only.',
  );
});

test('a snapshot keeps the exemplars that it took', () => {
  const jobs = counter();
  jobs.inc({ queue: 'a' }, 1, { id: 'one' });
  const family = jobs.takeFamily();
  jobs.inc({ queue: 'a' }, 1, { id: 'two' });
  jobs.inc({ queue: 'b' }, 1, { id: 'three' });
  expect(seriesOf(family).map(({ exemplars }) => exemplars)).toEqual([{ 0: of('one', 1) }]);
});
