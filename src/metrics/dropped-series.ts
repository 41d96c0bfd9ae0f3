import { Check } from '../model/check.js';
import type { LabelPairs } from '../model/labels.js';
import type { MetricFamily } from '../model/metric-family.js';
import { createMetricSpec } from '../model/metric-spec.js';
import type { MetricSpec } from '../model/spec.js';
import { Counter } from './counter.js';
import type { SeriesLimit } from './room.js';

/** Hears at most once a minute that a metric has no room for more series. */
export type OnSeriesDropped = (metric: string, maxSeries: number) => void;

export interface DroppedSeriesParts {
  /** What the metric that counts is called, with `_total`. */
  readonly name: string;
  readonly onDropped: OnSeriesDropped;
}

const quietMilliseconds = 60_000;

/** Counts, by metric, the updates of series that there was no room for. */
export class DroppedSeries {
  readonly #counter: Counter;
  readonly #onDropped: OnSeriesDropped;
  #hasLimits = false;

  constructor({ name, onDropped }: DroppedSeriesParts) {
    const help = 'Updates that were dropped since the metric has all the series that it may have.';
    const declaration = { name, type: 'counter', help, labels: ['metric'] } as const;
    // Nothing can be wrong with it.
    this.#counter = new Counter(
      createMetricSpec({ member: undefined, declaration, namespace: undefined, utf8Names: false }, new Check([], name)),
    );
    this.#onDropped = onDropped;
  }

  /** The limit of a metric, whose refused series are counted from now on; 0 is none. */
  createLimit({ exportedName: metric }: MetricSpec, most: number): SeriesLimit | undefined {
    if (most === 0) return undefined;
    this.#hasLimits = true;
    const child = this.#counter.labels({ metric });
    child.inc(0);
    let quietUntil = -Infinity;
    const onRefused = (): void => {
      child.inc();
      const now = performance.now();
      if (now < quietUntil) return;
      quietUntil = now + quietMilliseconds;
      this.#onDropped(metric, most);
    };
    return { most, onRefused };
  }

  /** Takes the metric that counts; none where no metric has a limit. */
  take(defaults: LabelPairs): readonly MetricFamily[] {
    return this.#hasLimits ? [this.#counter.takeFamily(defaults)] : [];
  }
}
