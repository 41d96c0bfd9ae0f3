/** All series of one metric at one moment; what encoders take. */
export type MetricFamily =
  | NumberFamily<'counter' | 'gauge' | 'unknown' | 'info'>
  | (FamilyHead & { readonly type: 'enum'; readonly states: readonly string[]; readonly series: readonly EnumSeries[] })
  | (FamilyHead & { readonly type: 'histogram'; readonly series: readonly HistogramSeries[] })
  | (FamilyHead & { readonly type: 'summary'; readonly series: readonly SummarySeries[] });

type NumberFamily<Type extends string> = Type extends string
  ? FamilyHead & { readonly type: Type; readonly series: readonly NumberSeries[] }
  : never;

interface FamilyHead {
  /** OpenMetrics' family name: without `_total` for counters and `_info` for info. */
  readonly name: string;
  readonly help: string;
  readonly unit: string | undefined;
}

/** Label names with their values, in the order in which they are written. */
export type LabelPairs = readonly (readonly [name: string, value: string])[];

export interface NumberSeries {
  readonly labels: LabelPairs;
  readonly value: number;
}

export interface EnumSeries {
  readonly labels: LabelPairs;
  /** The state that holds. */
  readonly state: string;
}

export interface HistogramSeries {
  readonly labels: LabelPairs;
  /** Cumulative counts by upper bound, ascending, the last bound `Infinity`. */
  readonly buckets: readonly (readonly [upperBound: number, count: number])[];
  readonly sum: number;
  readonly count: number;
}

export interface SummarySeries {
  readonly labels: LabelPairs;
  readonly quantiles: readonly (readonly [quantile: number, value: number])[];
  readonly sum: number;
  readonly count: number;
}
