import type { HistogramSeries, MetricFamily, SummarySeries } from '../model/metric-family.js';
import { type Dialect, type Head, writeFamilies } from './dialect.js';
import type { Encoder } from './encoder.js';
import { escapeQuoted } from './escape.js';

const dialect: Dialect = {
  types: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    info: 'info',
    enum: 'stateset',
    unknown: 'unknown',
  },
  name: ({ name }) => name,
  // OpenMetrics 1.0, Suffixes: a name that a type could use is taken, whether it is used or not.
  reservedNames: ({ name, type }) => (createdTypes.includes(type) ? [`${name}_created`] : []),
  canHold,
  renderHead,
};

const createdTypes: readonly MetricFamily['type'][] = ['counter', 'histogram', 'summary'];

/** OpenMetrics 1.0.0. */
export const openMetricsEncoder: Encoder = {
  mediaType: 'application/openmetrics-text',
  version: '1.0.0',
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
  encode(families) {
    const page = writeFamilies(families, dialect);
    page.add('# EOF\n');
    return page.toBuffer();
  },
};

/** OpenMetrics 1.0, Metric Types: what adds up is neither negative nor NaN, and what is counted is whole. */
function canHold(family: MetricFamily): boolean {
  if (family.type === 'counter') return family.series.every(({ value }) => value >= 0);
  if (family.type === 'info') return family.series.every(({ value }) => value === 1);
  if (family.type === 'histogram') return family.series.every(isHistogram);
  return family.type !== 'summary' || family.series.every(isSummary);
}

function isHistogram({ buckets, sum, count }: HistogramSeries): boolean {
  let [lastBound, lastCount] = [-Infinity, 0];
  for (const [bound, value] of buckets) {
    if (!(bound >= 0 && bound > lastBound && value >= lastCount && Number.isInteger(value))) return false;
    [lastBound, lastCount] = [bound, value];
  }
  return sum >= 0 && lastBound === Infinity && lastCount === count;
}

function isSummary({ quantiles, sum, count }: SummarySeries): boolean {
  // A quantile of nothing is NaN.
  const isQuantile = ([quantile, value]: readonly [number, number]): boolean => quantile >= 0 && quantile <= 1 && !(value < 0);
  return sum >= 0 && count >= 0 && Number.isInteger(count) && quantiles.every(isQuantile);
}

function renderHead({ name, type, unit, help }: Head): string {
  const unitLine = unit !== undefined && name.endsWith(`_${unit}`) ? `# UNIT ${name} ${unit}\n` : '';
  return `# TYPE ${name} ${type}\n${unitLine}# HELP ${name} ${escapeQuoted(help)}\n`;
}
