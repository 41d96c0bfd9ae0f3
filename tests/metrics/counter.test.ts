import { Counter } from '../../src/metrics/counter.js';
import { valuesOf as familyValuesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const labelled = () => new Counter(specOf({ name: 'requests', type: 'counter', labels: ['code'] }));
const plain = () => new Counter(specOf({ name: 'jobs', type: 'counter' }));
const valuesOf = (counter: Counter) => familyValuesOf(counter.takeFamily());

test('a counter counts', () => {
  const counter = labelled();
  counter.inc({ code: 200 });
  counter.inc({ code: '200' }, 2);
  const child = counter.labels(404);
  child.inc();
  child.inc(0.5);
  counter.inc({ code: 500 }, 0);
  expect(valuesOf(counter)).toEqual([
    [{ code: '200' }, 3],
    [{ code: '404' }, 1.5],
    [{ code: '500' }, 0],
  ]);
});

test('a counter mirrors a total, also one that began again', () => {
  const counter = labelled();
  counter.setTotal({ code: 200 }, 7);
  counter.labels('200').setTotal(3);
  counter.setTotal({ code: 404 }, Infinity);
  expect(valuesOf(counter)).toEqual([
    [{ code: '200' }, 3],
    [{ code: '404' }, Infinity],
  ]);
  const jobs = plain();
  jobs.setTotal(5);
  expect(valuesOf(jobs)).toEqual([[{}, 5]]);
});

test('a counter without labels starts at 0, also after a reset; one with labels has no series', () => {
  const [counter, jobs] = [labelled(), plain()];
  expect(valuesOf(jobs)).toEqual([[{}, 0]]);
  jobs.inc(5);
  jobs.reset();
  expect(valuesOf(jobs)).toEqual([[{}, 0]]);
  jobs.remove();
  expect(valuesOf(jobs)).toEqual([]);
  jobs.inc();
  expect(valuesOf(jobs)).toEqual([[{}, 1]]);
  counter.labels(200);
  expect(valuesOf(counter)).toEqual([]);
});

test('the family has its name without _total, the metric with it', () => {
  const counter = plain();
  expect([counter.name, counter.takeFamily().name]).toEqual(['jobs_total', 'jobs']);
});

test.each<[string, (counter: Counter) => unknown, string]>([
  ['a negative number', (counter) => counter.inc(-1), 'value is -1. Give a finite number of at least 0; what goes down is a gauge.'],
  ['NaN', (counter) => counter.inc(NaN), 'value is NaN. Give a finite number of at least 0; what goes down is a gauge.'],
  ['infinity', (counter) => counter.inc(Infinity), 'value is Infinity. Give a finite number of at least 0; what goes down is a gauge.'],
  ['null', (counter) => counter.inc({}, null), 'value is null. Give a finite number of at least 0; what goes down is a gauge.'],
  ['a negative total', (counter) => counter.setTotal(-1), 'total is -1. Give a number of at least 0.'],
  ['a total of NaN', (counter) => counter.labels().setTotal(NaN), 'total is NaN. Give a number of at least 0.'],
  ['a total that is a text', (counter) => counter.setTotal('7'), 'total is "7". Give a number of at least 0.'],
  ['no total', (counter) => counter.setTotal(), 'total is undefined. Give a number of at least 0.'],
])('an update by %s is refused', (_, update, message) => {
  const counter = plain();
  expect(failureOf(() => update(counter))).toBe(`ScrapeError INVALID_UPDATE jobs_total: ${message}`);
  expect(valuesOf(counter)).toEqual([[{}, 0]]);
});

test.each<[string, (counter: Counter) => unknown]>([
  ['inc', (counter) => counter.inc(5)],
  ['setTotal', (counter) => counter.setTotal({ cod: 1 }, 5)],
  ['labels', (counter) => counter.labels()],
  ['remove', (counter) => counter.remove()],
])('%s with wrong labels is refused', (_, update) => {
  expect(failureOf(() => update(labelled()))).toMatch(/^ScrapeError INVALID_LABELS requests_total: /);
});

const mixed = 'ScrapeError INVALID_UPDATE requests_total: is counted and mirrored. Use inc only, or setTotal only.';

test('a counter that counts cannot mirror, whatever the labels', () => {
  const counter = labelled();
  counter.inc({ code: 200 });
  expect(failureOf(() => counter.setTotal({ code: 404 }, 1))).toBe(mixed);
  counter.reset();
  expect(failureOf(() => counter.labels(200).setTotal(1))).toBe(mixed);
  expect(valuesOf(counter)).toEqual([]);
});

test('a counter that mirrors cannot count', () => {
  const counter = labelled();
  expect(failureOf(() => counter.inc({ code: 200 }, -1))).toContain('value is -1');
  counter.setTotal({ code: 200 }, 1);
  expect(failureOf(() => counter.inc({ code: 200 }))).toBe(mixed);
  expect(valuesOf(counter)).toEqual([[{ code: '200' }, 1]]);
});
