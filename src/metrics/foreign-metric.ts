import { ScrapeError } from '../errors.js';
import { type LabelPairs, writeLabels } from '../model/labels.js';
import type { MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { familyName } from '../model/metric-spec.js';
import { namePatterns, quote } from '../model/name.js';
import { describeValue } from './check-value.js';
import { createPointBlocks, type PointSeries } from './point-blocks.js';
import { validateMetricName } from './prom-client.js';

/** A metric of another package: of prom-client's classes, or whatever else its registry takes. */
export interface ForeignMetric {
  readonly name: string;
  get(): unknown;
}

/** What `get()` is expected to resolve to; nothing of it is sure. */
interface ForeignResult {
  readonly name: unknown;
  readonly help: unknown;
  readonly type: unknown;
  readonly values?: readonly ForeignValue[];
}

interface ForeignValue {
  readonly labels?: Readonly<Record<string, unknown>> | undefined;
  readonly value: unknown;
  readonly metricName?: string | undefined;
}

/** Reads one metric of another package, which runs its `collect()`. Rejects where it does, or where it makes no sense. */
export async function readForeign(metric: ForeignMetric, defaults: LabelPairs): Promise<MetricFamily> {
  const { name, help, type, values = [] } = (await metric.get()) as ForeignResult;
  if (typeof name !== 'string' || !validateMetricName(name)) {
    throw invalidForeign(metric.name, 'INVALID_NAME', `metric name ${describeValue(name)} is not allowed`, namePatterns.metric.rule);
  }
  const known = knownTypes.find((one) => one === type) ?? 'unknown';
  const head = { name: familyName({ exportedName: name, type: known }), help: String(help), unit: undefined };
  if (head.name === '') throw invalidForeign(name, 'INVALID_NAME', `metric name ${quote(name)} is an ending only`, 'Put a name before it');
  if (known === 'histogram') return { ...head, type: known, blocks: pointBlocks(groups(name, values, defaults, 'le'), histogramSeries) };
  if (known === 'summary') return { ...head, type: known, blocks: pointBlocks(groups(name, values, defaults, 'quantile'), summarySeries) };
  return { ...head, type: known, blocks: numberBlocks(numbers(name, values, defaults)) };
}

const knownTypes = ['counter', 'gauge', 'histogram', 'summary'] as const;

interface NumberSeries {
  readonly labels: LabelPairs;
  readonly value: number;
}

function numbers(where: string, values: readonly ForeignValue[], defaults: LabelPairs): readonly NumberSeries[] {
  const series = new Map<string, NumberSeries>();
  for (const { labels: given = {}, value } of values) {
    const labels = labelsOf(where, given, defaults);
    const key = keyOf(labels);
    if (!series.has(key)) series.set(key, { labels, value: Number(value) });
  }
  return [...series.values()];
}

/** Few enough lines that one step of rendering stays short. */
const linesPerBlock = 1_024;

function numberBlocks(series: readonly NumberSeries[]): readonly SeriesBlock[] {
  return inParts(series, linesPerBlock).map((part) => ({
    labels: part.map(({ labels }) => writeLabels(labels)),
    values: Float64Array.from(part, ({ value }) => value),
  }));
}

function pointBlocks(series: readonly Group[], toSeries: (group: Group) => PointSeries) {
  const lines = series.reduce((most, { points }) => Math.max(most, points.size + 2), 1);
  return inParts(series, Math.ceil(linesPerBlock / lines)).flatMap((part) => createPointBlocks(part.map(toSeries)));
}

function inParts<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, part) => items.slice(part * length, (part + 1) * length));
}

/** One series of a histogram or summary, put together from its lines. */
interface Group {
  readonly labels: LabelPairs;
  /** Values by upper bound or quantile. */
  readonly points: Map<number, number>;
  sum?: number;
  count?: number;
}

function groups(where: string, values: readonly ForeignValue[], defaults: LabelPairs, pointLabel: 'le' | 'quantile'): readonly Group[] {
  const found = new Map<string, Group>();
  for (const { labels: { [pointLabel]: point, ...rest } = {}, value, metricName = '' } of values) {
    const labels = labelsOf(where, rest, defaults);
    const key = keyOf(labels);
    const group = found.get(key) ?? { labels, points: new Map<number, number>() };
    found.set(key, group);
    // Of two series with the same labels the first stays.
    if (point !== undefined) {
      const place = point === '+Inf' ? Infinity : Number(point);
      if (!group.points.has(place)) group.points.set(place, Number(value));
    } else if (metricName.endsWith('_sum')) group.sum ??= Number(value);
    else if (metricName.endsWith('_count')) group.count ??= Number(value);
  }
  return [...found.values()];
}

function histogramSeries({ labels, points, sum = NaN, count = points.get(Infinity) ?? 0 }: Group): PointSeries {
  const finite = sortedPoints(points).filter(([bound]) => bound !== Infinity);
  return toPointSeries(labels, finite, [sum, count]);
}

function summarySeries({ labels, points, sum = NaN, count = 0 }: Group): PointSeries {
  return toPointSeries(labels, sortedPoints(points), [sum, count]);
}

function toPointSeries(labels: LabelPairs, points: ReturnType<typeof sortedPoints>, totals: readonly number[]): PointSeries {
  return { labels: writeLabels(labels), points: points.map(([point]) => point), row: [...points.map(([, value]) => value), ...totals] };
}

function sortedPoints(points: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...points].sort(([one], [other]) => one - other);
}

function labelsOf(where: string, labels: Readonly<Record<string, unknown>>, defaults: LabelPairs): LabelPairs {
  const pairs: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(labels)) {
    const { pattern, rule } = namePatterns.label;
    if (!pattern.test(name)) throw invalidForeign(where, 'INVALID_LABELS', `label ${quote(name)} is not allowed`, rule);
    // To Prometheus a label without a value is a label that is not there.
    if (value !== undefined && value !== null) pairs.push([name, textOf(value)]);
  }
  return addLabels(pairs, defaults);
}

/** Adds the labels that a series does not have itself. */
function addLabels(labels: LabelPairs, defaults: LabelPairs): LabelPairs {
  const missing = defaults.filter(([name]) => !labels.some(([own]) => own === name));
  return missing.length === 0 ? labels : [...labels, ...missing];
}

/** Objects may lack a `toString`, or have one that throws; halves of characters are made what UTF-8 makes them. */
function textOf(value: unknown): string {
  try {
    return String(value).replace(/\p{Surrogate}/gu, '\ufffd');
  } catch {
    return describeValue(value);
  }
}

/** Tells two series apart, whatever the order of their labels. */
function keyOf(labels: LabelPairs): string {
  return JSON.stringify(labels.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function invalidForeign(where: string, code: 'INVALID_NAME' | 'INVALID_LABELS', what: string, rule: string): ScrapeError {
  return new ScrapeError({ code, where, what, mend: rule });
}
