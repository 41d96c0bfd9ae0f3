import { Counter } from '../../src/metrics/counter.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { Unknown } from '../../src/metrics/unknown.js';
import { seriesOf, valuesOf } from './series-of.js';
import { specOf } from './spec-of.js';

const gaugeOf = (...labels: readonly string[]) => new Gauge(specOf({ name: 'm', type: 'gauge', labels }));

test('one metric may have ten thousand series', () => {
  const gauge = gaugeOf('shard', 'host');
  const records = Array.from({ length: 10_000 }, (_, place) => ({ shard: place % 16, host: `host-${place}` }));
  records.forEach((record, place) => gauge.set(record, place));
  records.forEach((record) => gauge.inc(record));
  const family = gauge.takeFamily();
  expect(family.blocks.map(({ labels }) => labels.length)).toEqual([...Array<number>(9).fill(1_024), 784]);
  expect(valuesOf(family).map(([, value]) => value)).toEqual(records.map((_, place) => place + 1));
  expect(seriesOf(family)[9_999]?.labels).toEqual([
    ['shard', '15'],
    ['host', 'host-9999'],
  ]);
});

test('one series may have ten thousand labels', () => {
  const names = Array.from({ length: 10_000 }, (_, place) => `l${place}`);
  const gauge = gaugeOf(...names);
  const record = Object.fromEntries(names.map((name, place) => [name, place]));
  gauge.set(record, 1);
  gauge.labels(...names.map((_, place) => String(place))).inc();
  expect(valuesOf(gauge.takeFamily())).toEqual([[Object.fromEntries(names.map((name, place) => [name, String(place)])), 2]]);
  gauge.remove(record);
  expect(valuesOf(gauge.takeFamily())).toEqual([]);
});

test('names and label values may be long', async () => {
  const name = 'a'.repeat(10_000);
  const gauge = new Gauge(specOf({ name, type: 'gauge', labels: [name] }));
  const value = 'ü"\\\n'.repeat(250_000);
  gauge.set({ [name]: value }, 5);
  expect(gauge.takeFamily().name).toBe(name);
  expect((await gauge.get()).values).toEqual([{ labels: { [name]: value }, value: 5 }]);
  gauge.remove(value);
  expect(gauge.takeFamily().blocks).toEqual([]);
});

test.each([2 ** 53, 2 ** 53 + 2, 2 ** 63, -(2 ** 64), Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, Number.MIN_VALUE])('%p stays what it is', (value) => {
  const gauge = gaugeOf('a');
  gauge.set({ a: 'x' }, value);
  gauge.labels('y').set(value);
  const unknown = new Unknown(specOf({ name: 'u', type: 'unknown' }));
  unknown.set(value);
  const counter = new Counter(specOf({ name: 'c', type: 'counter' }));
  counter.setTotal(Math.abs(value));
  expect([...valuesOf(gauge.takeFamily()), ...valuesOf(unknown.takeFamily())].map(([, one]) => one)).toEqual([value, value, value]);
  expect(valuesOf(counter.takeFamily())).toEqual([[{}, Math.abs(value)]]);
}); // prettier-ignore

test('sums may become infinite, and then stay so', () => {
  const histogram = new Histogram(specOf({ name: 'h', type: 'histogram', buckets: [1] }));
  for (const value of [Number.MAX_VALUE, Number.MAX_VALUE, 1]) histogram.observe(value);
  expect(seriesOf(histogram.takeFamily())).toMatchObject([{ sum: Infinity, count: 3 }]);
});

test.each([NaN, Infinity, -Infinity, -0])('a child and a record of labels set %p alike', (value) => {
  const gauge = gaugeOf('a');
  gauge.set({ a: 'x' }, value);
  const family = gauge.takeFamily();
  gauge.labels('x').set(value);
  expect(gauge.takeFamily()).toBe(family);
  expect(valuesOf(family)).toEqual([[{ a: 'x' }, value]]);
});

test('a label value may be empty, which is another series than any other', () => {
  const gauge = gaugeOf('a', 'b');
  gauge.set({ a: '', b: '' }, 1);
  gauge.set({ a: '', b: 'x' }, 2);
  gauge.set({ a: 'x', b: '' }, 3);
  gauge.labels('', '').inc();
  expect(gauge.takeFamily().blocks[0]).toMatchObject({
    labels: ['a="",b=""', 'a="",b="x"', 'a="x",b=""'],
    values: Float64Array.of(2, 2, 3),
  });
});

test('a number and its text are one label value', () => {
  const gauge = gaugeOf('a');
  gauge.set({ a: 1 }, 1);
  gauge.inc({ a: '1' });
  gauge.labels(1).inc();
  gauge.labels('1').inc();
  gauge.set({ a: 1.5 }, 7);
  gauge.set({ a: '1.50' }, 8);
  gauge.set({ a: -0 }, 9);
  gauge.inc({ a: '0' });
  expect(valuesOf(gauge.takeFamily())).toEqual([
    [{ a: '1' }, 4],
    [{ a: '1.5' }, 7],
    [{ a: '1.50' }, 8],
    [{ a: '0' }, 10],
  ]);
  gauge.remove(1);
  gauge.remove({ a: 0 });
  expect(valuesOf(gauge.takeFamily())).toHaveLength(2);
});

const inherited = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

test('labels may be named as what every object has', async () => {
  const gauge = gaugeOf(...inherited);
  const record = Object.fromEntries(inherited.map((name) => [name, `of ${name}`]));
  gauge.set(record, 1);
  gauge.inc(record);
  gauge.labels(record).inc();
  expect((await gauge.get()).values).toEqual([{ labels: record, value: 3 }]);
  expect(() => gauge.set({}, 1)).toThrow('label "constructor" is missing');
});

test.each(['__proto__', 'constructor', 'prototype', 'length', '0', 'undefined', 'null'])('%s is a label value as any other', (value) => {
  const gauge = gaugeOf('a', 'b');
  gauge.set({ a: value, b: value }, 1);
  gauge.set({ a: value, b: 'x' }, 2);
  gauge.labels('x', value).set(3);
  gauge.inc({ a: value, b: value });
  expect(valuesOf(gauge.takeFamily()).map(([, one]) => one)).toEqual([2, 2, 3]);
  gauge.remove(value, value);
  expect(valuesOf(gauge.takeFamily()).map(([, one]) => one)).toEqual([2, 3]);
});
