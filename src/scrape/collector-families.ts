import { writeLabels } from '../model/labels.js';
import type { MetricFamily } from '../model/metric-family.js';
import type { CollectorSpec } from '../model/spec.js';
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
  readonly #labels = new Map<CollectorSpec, string>();
  readonly #last = new Map<Gauge, MetricFamily & { readonly type: 'gauge' }>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  make(outcomes: readonly Outcome[]): readonly MetricFamily[] {
    return outcomes.length === 0 ? [] : gauges.map((gauge) => this.#makeOne(gauge, outcomes));
  }

  #makeOne(gauge: Gauge, outcomes: readonly Outcome[]): MetricFamily {
    const labels: string[] = [];
    const values: number[] = [];
    for (const outcome of outcomes) {
      const value = gauge.valueOf(outcome);
      if (value === undefined) continue;
      labels.push(this.#labelsOf(outcome.spec));
      values.push(value);
    }
    const last = this.#last.get(gauge);
    const [before] = last?.blocks ?? [];
    const areLabelsSame = before !== undefined && isSame(before.labels, labels);
    if (last && areLabelsSame && isSame(before.values, values)) return last;
    const { name, help, unit } = gauge;
    // The same list as before where it says the same, since others remember what they made of it.
    const block = { labels: areLabelsSame ? before.labels : labels, values: Float64Array.from(values) };
    const family = { type: 'gauge', name: this.#prefix + name, help, unit, blocks: labels.length === 0 ? [] : [block] } as const;
    this.#last.set(gauge, family);
    return family;
  }

  #labelsOf(spec: CollectorSpec): string {
    let text = this.#labels.get(spec);
    if (text === undefined) this.#labels.set(spec, (text = writeLabels([['collector', spec.name]])));
    return text;
  }
}

function isSame<T>(one: ArrayLike<T>, other: readonly T[]): boolean {
  return one.length === other.length && other.every((item, index) => item === one[index]);
}
