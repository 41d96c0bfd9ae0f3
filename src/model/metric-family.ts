/**
 * All series of one metric at one moment; what encoders take.
 *
 * Families and blocks are never changed. What has not changed since the last snapshot is the same object as there, so
 * that whoever made something of it may keep that.
 */
export type MetricFamily =
  | NumberFamily<'counter' | 'gauge' | 'unknown' | 'info'>
  | (FamilyHead & { readonly type: 'enum'; readonly states: readonly string[]; readonly blocks: readonly SeriesBlock[] })
  | (FamilyHead & { readonly type: 'histogram' | 'summary'; readonly blocks: readonly PointBlock[] });

type NumberFamily<Type extends string> = Type extends string
  ? FamilyHead & { readonly type: Type; readonly blocks: readonly SeriesBlock[] }
  : never;

interface FamilyHead {
  /** OpenMetrics' family name: without `_total` for counters and `_info` for info. */
  readonly name: string;
  readonly help: string;
  readonly unit: string | undefined;
}

/** Some series of a family, one after the other, as rows of numbers: small enough to be encoded in one step. */
export interface SeriesBlock {
  /** The labels of each series, as `writeLabels` writes them. */
  readonly labels: readonly string[];
  /**
   * The rows, each of the same width. Of a counter, gauge, unknown or info: the value. Of an enum: the place of its state in
   * the list. Of a histogram: the cumulative counts at its bounds, then sum and count. Of a summary: the values of its
   * quantiles, then sum and count.
   */
  readonly values: Float64Array;
  /** By place in `values`: of a counter's value, or of a histogram's count at a bound; the `+Inf` bucket is the count. */
  readonly exemplars?: ReadonlyMap<number, Exemplar> | undefined;
  /** When each series began, in seconds since the epoch; only where asked for. */
  readonly created?: Float64Array | undefined;
}

export interface PointBlock extends SeriesBlock {
  /** Finite upper bounds of a histogram, or quantiles of a summary, ascending; the same for all series of the block. */
  readonly points: readonly number[];
}

/** One observation that stands for many. */
export interface Exemplar {
  /** As `writeLabels` writes them. */
  readonly labels: string;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}
