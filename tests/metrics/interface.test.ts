import type { OwnMetric } from '../../src/metrics/own-metric.js';
import * as prom from 'prom-client';
import { Counter } from '../../src/metrics/counter.js';
import { Enum } from '../../src/metrics/enum.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { Info } from '../../src/metrics/info.js';
import { createMetricStore } from '../../src/metrics/metric-store.js';
import { Summary } from '../../src/metrics/summary.js';
import { Unknown } from '../../src/metrics/unknown.js';
import type * as author from '../../src/model/metric.js';
import { specOf } from './spec-of.js';

const labels = ['a', 'b'];

/** That these compile is the test: the classes are what authors see, and what prom-client knows. */
const gauge = new Gauge(specOf({ name: 'gauge', type: 'gauge', labels }));
const asGauge: author.Gauge<'a' | 'b'> & prom.Gauge = gauge;
const counter = new Counter(specOf({ name: 'counter', type: 'counter', labels }));
const asCounter: author.Counter<{ a: 'x' | 'y'; b: string }> & prom.Counter = counter;
const histogram = new Histogram(specOf({ name: 'histogram', type: 'histogram' }));
const asHistogram: author.Histogram & prom.Histogram = histogram;
const summary = new Summary(specOf({ name: 'summary', type: 'summary', labels }));
const asSummary: author.Summary<'a' | 'b'> & prom.Summary = summary;
const info = new Info(specOf({ name: 'info', type: 'info', labels }));
const asInfo: author.Info<'a' | 'b'> & prom.Gauge = info;
const state = new Enum(specOf({ name: 'enum', type: 'enum', states: ['on', 'off'] }));
const asEnum: author.Enum<string> & prom.Gauge = state;
const unknown = new Unknown(specOf({ name: 'unknown', type: 'unknown' }));
const asUnknown: author.Unknown & prom.Gauge = unknown;
const asAny: readonly OwnMetric[] = [gauge, counter, histogram, summary, info, state, unknown];

test('the metrics are those of prom-client', () => {
  expect([asGauge, asInfo, asEnum, asUnknown].every((one) => one instanceof prom.Gauge && one instanceof Gauge)).toBe(true);
  expect(asCounter).toBeInstanceOf(prom.Counter);
  expect(asHistogram).toBeInstanceOf(prom.Histogram);
  expect(asSummary).toBeInstanceOf(prom.Summary);
  expect(asAny.map(({ name }) => name)).toEqual(['gauge', 'counter_total', 'histogram', 'summary', 'info_info', 'enum', 'unknown']);
});

test('what the store creates is what the declaration says, and takes calls in the types of authors', () => {
  const store = createMetricStore();
  const declared = store.create(specOf({ name: 'queue', type: 'gauge', labels: ['a'] })) as author.Gauge<'a'>;
  declared.set({ a: 'x' }, 5);
  declared.labels('x').inc();
  // @ts-expect-error labels are needed
  expect(() => declared.set(5)).toThrow('labels are 5');
  // @ts-expect-error a label too many
  expect(() => declared.inc({ a: 'x', b: 'y' })).toThrow('label "b" is not declared');
  expect(declared).toBeInstanceOf(Gauge);
});
