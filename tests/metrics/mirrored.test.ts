import { Counter } from '../../src/metrics/counter.js';
import { Histogram } from '../../src/metrics/histogram.js';
import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import { valuesOf } from './series-of.js';
import { specOf } from './spec-of.js';

/* What somebody else counts is not known before it is told. */
const counter = (some: Partial<NamedMetricDeclaration> = {}) =>
  new Counter(specOf({ name: 'c', type: 'counter', mirrored: true, ...some }));
const histogram = (some: Partial<NamedMetricDeclaration> = {}) =>
  new Histogram(specOf({ name: 'h', type: 'histogram', mirrored: true, buckets: [1], ...some }));
const totals = { buckets: { 1: 2 }, sum: 3, count: 4 };

test('a mirrored counter has no series before its first total', () => {
  const plain = counter();
  expect(valuesOf(plain.takeFamily())).toEqual([]);
  plain.setTotal(5);
  expect(valuesOf(plain.takeFamily())).toEqual([[{}, 5]]);
  plain.reset();
  expect(valuesOf(plain.takeFamily())).toEqual([]);
  plain.setTotal(0);
  expect(valuesOf(plain.takeFamily())).toEqual([[{}, 0]]);
});

test('nor has one whose label values are known', () => {
  const known = counter({ labels: { cpu: ['0', '1'] } });
  expect(valuesOf(known.takeFamily())).toEqual([]);
  known.setTotal({ cpu: '1' }, 7);
  expect(valuesOf(known.takeFamily())).toEqual([[{ cpu: '1' }, 7]]);
  expect(() => known.setTotal({ cpu: '2' }, 7)).toThrow('cpu');
  known.reset();
  expect(valuesOf(known.takeFamily())).toEqual([]);
});

test('a mirrored histogram has no series before its first buckets', () => {
  for (const labels of [undefined, { cpu: ['0', '1'] }]) {
    const mirrored = histogram(labels && { labels });
    expect(mirrored.takeFamily().blocks).toEqual([]);
    if (labels) mirrored.setBuckets({ cpu: '0' }, totals);
    else mirrored.setBuckets(totals);
    expect(mirrored.takeFamily().blocks).toMatchObject([{ values: Float64Array.of(2, 3, 4) }]);
    mirrored.reset();
    expect(mirrored.takeFamily().blocks).toEqual([]);
  }
});

test('what is mirrored cannot be counted, from the first update on', () => {
  const message = (metric: string, one: string, other: string) => `${metric}: is counted and mirrored. Use ${one} only, or ${other} only.`;
  expect(() => counter().inc()).toThrow(message('c_total', 'inc', 'setTotal'));
  expect(() => counter().labels().inc()).toThrow(message('c_total', 'inc', 'setTotal'));
  expect(() => histogram().observe(1)).toThrow(message('h', 'observe', 'setBuckets'));
  expect(() => histogram().labels().observe(1)).toThrow(message('h', 'observe', 'setBuckets'));
});

test('what is mirrored may have known values beyond the limit of those that start at 0', () => {
  const values = Array.from({ length: 200 }, (_, index) => String(index));
  expect(counter({ labels: { a: values, b: values } }).takeFamily().blocks).toEqual([]);
});
