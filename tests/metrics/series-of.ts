import { type LabelPairs, parseLabels } from '../../src/model/labels.js';
import type { Exemplar, MetricFamily, PointBlock, SeriesBlock } from '../../src/model/metric-family.js';

/** One series in words that are read easily; what it does not have is left out. */
export interface OneSeries {
  readonly labels: LabelPairs;
  readonly value?: number;
  readonly state?: string;
  /** Cumulative counts by upper bound, the last one `Infinity`. */
  readonly buckets?: readonly (readonly [upperBound: number, count: number])[];
  readonly quantiles?: readonly (readonly [quantile: number, value: number])[];
  readonly sum?: number;
  readonly count?: number;
  readonly created?: number;
  /** By upper bound, as in `buckets`; of a counter by 0. */
  readonly exemplars?: Readonly<Record<number, Exemplar>>;
}

/** Reads the blocks of a family, one series after the other. */
export function seriesOf(family: MetricFamily | undefined): readonly OneSeries[] {
  if (family === undefined) return [];
  return (family.blocks as readonly SeriesBlock[]).flatMap((block) =>
    block.labels.map((labels, row) => ({
      labels: parseLabels(labels),
      ...numbersOf(family, block, row),
      ...(block.created && { created: block.created[row] ?? NaN }),
      ...exemplarsOf(family, block, row),
    })),
  );
}

/** Labels as a record, with the value. */
export function valuesOf(family: MetricFamily): readonly (readonly [object, number | undefined])[] {
  return seriesOf(family).map(({ labels, value }) => [Object.fromEntries(labels), value]);
}

function pointsOf(family: MetricFamily, block: SeriesBlock): readonly number[] {
  return family.type === 'histogram' || family.type === 'summary' ? (block as PointBlock).points : [];
}

function numbersOf(family: MetricFamily, block: SeriesBlock, row: number): Omit<OneSeries, 'labels'> {
  const { values } = block;
  if (family.type === 'enum') return { state: family.states[values[row] ?? NaN] ?? 'unknown' };
  if (family.type !== 'histogram' && family.type !== 'summary') return { value: values[row] ?? NaN };
  const points = pointsOf(family, block);
  const own = values.subarray(row * (points.length + 2), (row + 1) * (points.length + 2));
  const [sum = NaN, count = NaN] = own.subarray(points.length);
  const ofPoints = points.map((point, place) => [point, own[place] ?? NaN] as const);
  return family.type === 'histogram' ? { buckets: [...ofPoints, [Infinity, count]], sum, count } : { quantiles: ofPoints, sum, count };
}

function exemplarsOf(family: MetricFamily, block: SeriesBlock, row: number): Pick<OneSeries, 'exemplars'> {
  const isHistogram = family.type === 'histogram';
  const points = pointsOf(family, block);
  const width = isHistogram ? points.length + 2 : 1;
  const found = [...(block.exemplars ?? [])]
    .filter(([place]) => Math.floor(place / width) === row)
    .map(([place, exemplar]) => [isHistogram ? (points[place % width] ?? Infinity) : 0, exemplar] as const);
  return found.length === 0 ? {} : { exemplars: Object.fromEntries(found) };
}
