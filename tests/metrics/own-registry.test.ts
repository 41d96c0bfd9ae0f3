import * as prom from 'prom-client';
import { OwnRegistry } from '../../src/metrics/own-registry.js';
import { failureOf } from './spec-of.js';

test('default labels can be read again, as texts', () => {
  const registry = new OwnRegistry();
  expect(registry.defaultLabels).toEqual([]);
  registry.setDefaultLabels({ zone: 'a', shard: 7 });
  expect(registry.defaultLabels).toEqual([
    ['zone', 'a'],
    ['shard', '7'],
  ]);
  registry.clear();
  expect(registry.defaultLabels).toEqual([]);
});

test('a metric may be registered twice, but no other one under its name', () => {
  const registry = new OwnRegistry();
  const one = new prom.Gauge({ name: 'queue', help: 'h', registers: [registry] });
  registry.registerMetric(one);
  const other = new prom.Gauge({ name: 'queue', help: 'h', registers: [] });
  expect(failureOf(() => registry.registerMetric(other))).toBe(
    'ScrapeError DUPLICATE_NAME queue: it has already been registered. Rename one of them.',
  );
  expect(registry.getMetricsAsArray()).toEqual([one]);
  registry.clear();
  expect([registry.getMetricsAsArray(), registry.getSingleMetric('queue')]).toEqual([[], undefined]);
});

test.each([
  [{ 'a-b': 'x' }, 'label "a-b" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.'],
  [{ __name__: 'x' }, 'label "__name__" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.'],
  [{ le: 'x' }, 'label "le" is made by histograms and summaries. Choose another name.'],
  [{ a: ['x'] }, 'label "a" is a list. Give a string or a number.'],
  [{ a: 'x\udfff' }, 'label "a" has half a character. Give well-formed Unicode, as toWellFormed() makes it.'],
  [{ a: undefined }, 'label "a" is undefined. Give a string or a number.'],
])('default labels that would spoil a page are refused (%#)', (labels, message) => {
  const registry = new OwnRegistry();
  expect(failureOf(() => registry.setDefaultLabels(labels))).toBe(`ScrapeError INVALID_LABELS registry.setDefaultLabels: ${message}`);
  expect(registry.defaultLabels).toEqual([]);
});
