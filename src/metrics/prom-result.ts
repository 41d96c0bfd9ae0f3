import type { LabelPairs, MetricFamily } from '../model/metric-family.js';
import type { PromResult } from './prom-client.js';

interface PromValue {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
}

/** Writes a family as prom-client's `get()` does, which knows four types only. */
export function promResult({ name, help }: { readonly name: string; readonly help: string }, family: MetricFamily): PromResult {
  const result = { name, help, type: typeOf(family), values: valuesOf(name, family), aggregator: 'sum' };
  // prom-client's types say a number where it has a text, and a `collect` where there is none.
  return result as unknown as PromResult;
}

function typeOf({ type }: MetricFamily): string {
  return type === 'counter' || type === 'histogram' || type === 'summary' ? type : 'gauge';
}

function valuesOf(name: string, family: MetricFamily): readonly PromValue[] {
  if (family.type === 'enum') {
    return family.series.flatMap(({ labels, state }) =>
      family.states.map((one) => ({ value: one === state ? 1 : 0, labels: { ...record(labels), [name]: one } })),
    );
  }
  if (family.type === 'histogram') {
    return family.series.flatMap(({ labels, buckets, ...totals }) => [
      ...buckets.map(([bound, count]) => ({
        value: count,
        labels: { le: bound === Infinity ? '+Inf' : bound, ...record(labels) },
        metricName: `${name}_bucket`,
      })),
      ...sumAndCount(name, labels, totals),
    ]);
  }
  if (family.type === 'summary') {
    return family.series.flatMap(({ labels, quantiles, ...totals }) => [
      ...quantiles.map(([quantile, value]) => ({ value, labels: { quantile, ...record(labels) } })),
      ...sumAndCount(name, labels, totals),
    ]);
  }
  return family.series.map(({ labels, value }) => ({ value, labels: record(labels) }));
}

function sumAndCount(
  name: string,
  labels: LabelPairs,
  { sum, count }: { readonly sum: number; readonly count: number },
): readonly PromValue[] {
  return [
    { value: sum, labels: record(labels), metricName: `${name}_sum` },
    { value: count, labels: record(labels), metricName: `${name}_count` },
  ];
}

function record(labels: LabelPairs): Readonly<Record<string, string>> {
  return Object.fromEntries(labels);
}
