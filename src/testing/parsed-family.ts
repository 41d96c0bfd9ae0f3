/** The types that Prometheus' text formats and OpenMetrics know. */
export type ParsedType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped' | 'unknown' | 'info' | 'stateset' | 'gaugehistogram';

/** A family as a scraper reads it. */
export interface ParsedFamily {
  /** As its TYPE line has it: counters end in `_total` in Prometheus' text formats, and do not in OpenMetrics. */
  readonly name: string;
  readonly type: ParsedType;
  /** Empty where there is none. */
  readonly help: string;
  readonly unit?: string;
  readonly samples: readonly ParsedSample[];
}

export interface ParsedSample {
  /** The whole name: `wait_seconds_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** In OpenMetrics only. */
  readonly exemplar?: ParsedExemplar;
}

/** One observation that stands for many. */
export interface ParsedExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
}
