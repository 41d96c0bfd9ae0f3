import type { MetricFamily, PointBlock, SeriesBlock } from '../model/metric-family.js';

interface Limits {
  /** Whether bounds, observations and sums may be negative. */
  readonly allowNegative: boolean;
}

/** One series of a block: where its values begin, and where its sum stands, with the count behind it. */
interface Row {
  readonly values: Float64Array;
  readonly start: number;
  readonly sum: number;
}

/** Whether the rows of a histogram or summary are what they should be: counts whole, those of buckets never falling. */
export function canHoldTotals(type: MetricFamily['type'], block: SeriesBlock, { allowNegative }: Limits): boolean {
  if (type !== 'histogram' && type !== 'summary') return true;
  const { labels, points, values } = block as PointBlock;
  const [arePoints, areValues] = type === 'histogram' ? [areBounds, areCounts] : [areQuantiles, areObservations];
  const isRow = (_labels: string, index: number): boolean => {
    const start = index * (points.length + 2);
    const row = { values, start, sum: start + points.length };
    const sum = values[row.sum]!;
    return (allowNegative || sum >= 0) && isCount(values[row.sum + 1]!) && areValues(row, allowNegative);
  };
  return arePoints(points, allowNegative) && labels.every(isRow);
}

function areBounds(points: readonly number[], allowNegative: boolean): boolean {
  const [first = 0] = points;
  return (allowNegative || first >= 0) && points.every((bound, place) => place === 0 || bound > points[place - 1]!);
}

function areCounts({ values, start, sum }: Row): boolean {
  let last = 0;
  for (let place = start; place < sum; place++) {
    const count = values[place]!;
    if (!(count >= last && isCount(count))) return false;
    last = count;
  }
  return last <= values[sum + 1]!;
}

function areQuantiles(points: readonly number[]): boolean {
  return points.every((quantile) => quantile >= 0 && quantile <= 1);
}

/** A quantile of nothing is NaN. */
function areObservations({ values, start, sum }: Row, allowNegative: boolean): boolean {
  return allowNegative || values.subarray(start, sum).every((value) => !(value < 0));
}

/** Protobuf's counts have 64 bits; nobody counts further. */
function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 64;
}
