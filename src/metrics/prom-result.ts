import { parseLabels } from '../model/labels.js';
import type { MetricFamily, PointBlock, SeriesBlock } from '../model/metric-family.js';
import type { PromResult } from './prom-client.js';

interface PromValue {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
}

/** Writes a family as prom-client's `get()` does, which knows four types only. */
export function promResult({ name, help }: { readonly name: string; readonly help: string }, family: MetricFamily): PromResult {
  const values = (family.blocks as readonly SeriesBlock[]).flatMap((block) =>
    block.labels.flatMap((labels, row) => valuesOf({ name, family, block, row, labels: Object.fromEntries(parseLabels(labels)) })),
  );
  // prom-client's types say a number where it has a text, and a `collect` where there is none.
  return { name, help, type: typeOf(family), values, aggregator: 'sum' } as unknown as PromResult;
}

function typeOf({ type }: MetricFamily): string {
  return type === 'counter' || type === 'histogram' || type === 'summary' ? type : 'gauge';
}

interface OneSeries {
  readonly name: string;
  readonly family: MetricFamily;
  readonly block: SeriesBlock;
  readonly row: number;
  readonly labels: Readonly<Record<string, string>>;
}

function valuesOf({ name, family, block, row, labels }: OneSeries): readonly PromValue[] {
  const value = block.values[row] ?? NaN;
  if (family.type === 'enum') {
    return family.states.map((state, place) => ({ value: place === value ? 1 : 0, labels: { ...labels, [name]: state } }));
  }
  if (family.type !== 'histogram' && family.type !== 'summary') return [{ value, labels }];
  const { points, values } = block as PointBlock;
  const start = row * (points.length + 2);
  const [sum = NaN, count = NaN] = values.subarray(start + points.length);
  const ofPoints = points.map((point, place) => ({ point, value: values[start + place] ?? NaN }));
  return [
    ...(family.type === 'histogram'
      ? [...ofPoints, { point: '+Inf', value: count }].map((one) => ({
          value: one.value,
          labels: { le: one.point, ...labels },
          metricName: `${name}_bucket`,
        }))
      : ofPoints.map((one) => ({ value: one.value, labels: { quantile: one.point, ...labels } }))),
    { value: sum, labels, metricName: `${name}_sum` },
    { value: count, labels, metricName: `${name}_count` },
  ];
}
