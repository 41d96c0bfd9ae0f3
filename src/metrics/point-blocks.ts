import type { PointBlock } from '../model/metric-family.js';

/** One series of a histogram or summary. */
export interface PointSeries {
  readonly labels: string;
  /** Bounds or quantiles. */
  readonly points: readonly number[];
  /** One number for each point, then sum and count. */
  readonly row: readonly number[];
}

/** Puts series that have the same points and follow one another into one block each. */
export function createPointBlocks(series: Iterable<PointSeries>): readonly PointBlock[] {
  const runs: PointSeries[][] = [];
  for (const one of series) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isSame(run[0].points, one.points)) run.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => ({
    labels: run.map(({ labels }) => labels),
    points: run[0]?.points ?? [],
    values: Float64Array.from(run.flatMap(({ row }) => row)),
  }));
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((point, index) => point === other[index]));
}
