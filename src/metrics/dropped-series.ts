import type { Counter } from '../model/metric.js';
import type { MetricSpec } from '../model/spec.js';
import type { SeriesLimit } from './room.js';
import type { SelfMetrics } from './self-metrics.js';

/** Hears at most once a minute that a metric has no room for more series. */
export type OnSeriesDropped = (metric: string, maxSeries: number) => void;

export interface DroppedSeriesParts {
  /** What the metric that counts is called, with `_total`. */
  readonly name: string;
  readonly onDropped: OnSeriesDropped;
  /** Where the metric is told. */
  readonly self: SelfMetrics;
}

const quietMilliseconds = 60_000;

/** Counts, by metric, the updates of series that there was no room for. */
export class DroppedSeries {
  readonly #parts: DroppedSeriesParts;
  /** Undefined as long as no metric has a limit. */
  #counter: Counter<'metric'> | undefined;

  constructor(parts: DroppedSeriesParts) {
    this.#parts = parts;
  }

  /** The limit of a metric, whose refused series are counted from now on; 0 is none. */
  createLimit({ exportedName: metric }: MetricSpec, most: number): SeriesLimit | undefined {
    if (most === 0) return undefined;
    const { name, onDropped, self } = this.#parts;
    const help = 'Updates that were dropped since the metric has all the series that it may have.';
    this.#counter ??= self.create({ name, type: 'counter', help, labels: ['metric'] });
    const child = this.#counter.labels({ metric });
    child.inc(0);
    let quietUntil = -Infinity;
    const onRefused = (): void => {
      child.inc();
      const now = performance.now();
      if (now < quietUntil) return;
      quietUntil = now + quietMilliseconds;
      onDropped(metric, most);
    };
    return { most, onRefused };
  }
}
