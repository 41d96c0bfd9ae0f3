import { writeLabels } from '../model/labels.js';
import type { MetricFamily } from '../model/metric-family.js';
import type { Outcome } from './collector.js';

interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly unit: string | undefined;
  /** Undefined where there is nothing to tell. */
  readonly valueOf: (outcome: Outcome) => number | undefined;
}

const gauges: readonly Gauge[] = [
  {
    name: 'success',
    help: 'Whether the collector succeeded in this scrape.',
    unit: undefined,
    valueOf: ({ end }) => (end === 'success' ? 1 : 0),
  },
  {
    name: 'duration_seconds',
    help: 'How long the last call of the collector took.',
    unit: 'seconds',
    valueOf: ({ durationSeconds }) => durationSeconds,
  },
  {
    name: 'last_success_timestamp_seconds',
    help: 'When the collector succeeded last, in seconds since the epoch.',
    unit: 'seconds',
    valueOf: ({ lastSuccess }) => lastSuccess,
  },
];

/** Makes the metrics about collectors of how these fared in a scrape; what says the same as before is the same object. */
export class CollectorFamilies {
  readonly #prefix: string;
  readonly #last = new Map<Gauge, MetricFamily & { readonly type: 'gauge' }>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  make(outcomes: readonly Outcome[]): readonly MetricFamily[] {
    return outcomes.length === 0 ? [] : gauges.map((gauge) => this.#makeOne(gauge, outcomes));
  }

  #makeOne(gauge: Gauge, outcomes: readonly Outcome[]): MetricFamily {
    const told = outcomes.filter((outcome) => gauge.valueOf(outcome) !== undefined);
    const labels = told.map(({ spec }) => writeLabels([['collector', spec.name]]));
    const values = Float64Array.from(told, (outcome) => gauge.valueOf(outcome) ?? NaN);
    const last = this.#last.get(gauge);
    const [before] = last?.blocks ?? [];
    if (last && before && isSame(before.labels, labels) && isSame(before.values, values)) return last;
    const { name, help, unit } = gauge;
    const blocks = told.length === 0 ? [] : [{ labels, values, exemplars: undefined, created: undefined }];
    const family = { type: 'gauge', name: this.#prefix + name, help, unit, blocks } as const;
    this.#last.set(gauge, family);
    return family;
  }
}

function isSame<T>(one: ArrayLike<T>, other: ArrayLike<T>): boolean {
  return one.length === other.length && Array.from(one).every((item, index) => item === other[index]);
}
