import type { LabelPairs, MetricFamily } from '../../src/model/metric-family.js';
import type { ParsedFamily, ParsedSample, ParsedType } from '../../src/testing/parsed-family.js';

type Format = 'text' | 'openMetrics';

const types: Readonly<Record<MetricFamily['type'], readonly [text: ParsedType, openMetrics: ParsedType]>> = {
  counter: ['counter', 'counter'],
  gauge: ['gauge', 'gauge'],
  histogram: ['histogram', 'histogram'],
  summary: ['summary', 'summary'],
  info: ['gauge', 'info'],
  enum: ['gauge', 'stateset'],
  unknown: ['untyped', 'unknown'],
};

/** What a parser should find in the exposition of families, said once more in another way. */
export function expectedFamilies(families: readonly MetricFamily[], format: Format): readonly ParsedFamily[] {
  return families.map((family) => {
    const suffix = family.type === 'counter' ? '_total' : family.type === 'info' ? '_info' : '';
    const [text, openMetrics] = types[family.type];
    const { help, unit } = family;
    const samples = samplesOf(family, family.name + suffix);
    if (format === 'text') return { name: family.name + suffix, type: text, help, samples };
    return { name: family.name, type: openMetrics, help, ...(unit === undefined ? {} : { unit }), samples };
  });
}

function samplesOf(family: MetricFamily, name: string): readonly ParsedSample[] {
  const sample = (suffix: string, labels: LabelPairs, value: number, extra: Record<string, string> = {}): ParsedSample => ({
    name: name + suffix,
    labels: { ...Object.fromEntries(labels), ...extra },
    value,
  });
  const number = (value: number): string => (value === Infinity ? '+Inf' : String(value));
  if (family.type === 'enum') {
    return family.series.flatMap(({ labels, state }) =>
      family.states.map((one) => sample('', labels, Number(one === state), { [name]: one })),
    );
  }
  if (family.type === 'histogram') {
    return family.series.flatMap(({ labels, buckets, sum, count }) => [
      ...buckets.map(([bound, value]) => sample('_bucket', labels, value, { le: number(bound) })),
      sample('_sum', labels, sum),
      sample('_count', labels, count),
    ]);
  }
  if (family.type === 'summary') {
    return family.series.flatMap(({ labels, quantiles, sum, count }) => [
      ...quantiles.map(([quantile, value]) => sample('', labels, value, { quantile: number(quantile) })),
      sample('_sum', labels, sum),
      sample('_count', labels, count),
    ]);
  }
  return family.series.map(({ labels, value }) => sample('', labels, value));
}

/** The same, with `le` and `quantile` as plain numbers, since how they are written has a test of its own. */
export function withPlainBounds(families: readonly ParsedFamily[]): readonly ParsedFamily[] {
  const plain = ([name, text]: readonly [string, string]): readonly [string, string] =>
    (name === 'le' || name === 'quantile') && text !== '+Inf' ? [name, String(Number(text))] : [name, text];
  return families.map(({ samples, ...family }) => ({
    ...family,
    samples: samples.map(({ labels, ...sample }) => ({ ...sample, labels: Object.fromEntries(Object.entries(labels).map(plain)) })),
  }));
}
