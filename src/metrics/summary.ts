import type { MetricFamily, SummarySeries as SummarySnapshot } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type SeriesLink } from './children.js';
import { startClock } from './clock.js';
import { familyHead } from './family-head.js';
import type { OwnMetric } from './own-metric.js';
import { type PromResult, PromSummary } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { Series } from './series-store.js';

// prom-client's.
const defaultPercentiles = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999];
const defaultAgeBuckets = 5;

interface SummarySeries extends Series {
  /** Knows the quantiles only: it forgets its sum and count together with old observations. */
  readonly window: PromSummary;
  sum: number;
  count: number;
}

/** One series of a summary, to be kept by who updates it often. */
class SummaryChild {
  readonly #name: string;
  readonly #link: SeriesLink<SummarySeries>;

  constructor(name: string, link: SeriesLink<SummarySeries>) {
    this.#name = name;
    this.#link = link;
  }

  observe(value: unknown): void {
    const checked = checkNumber(this.#name, value, numberRules.finite);
    const series = this.#link.obtain();
    series.window.observe(checked);
    series.sum += checked;
    series.count += 1;
  }

  startTimer(): () => number {
    return startClock((seconds) => this.observe(seconds));
  }
}

/** A distribution, as percentiles. */
export class Summary extends PromSummary implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  readonly #spec: MetricSpec;
  readonly #percentiles: readonly number[];
  readonly #children: Children<SummarySeries, SummaryChild>;

  constructor(spec: MetricSpec) {
    const percentiles = spec.percentiles ?? defaultPercentiles;
    super({ name: spec.exportedName, help: spec.help, labelNames: spec.labels, percentiles: [...percentiles], registers: [] });
    this.#spec = spec;
    this.#percentiles = percentiles;
    this.#children = new Children({
      spec,
      createSeries: (labels) => ({ labels, isStored: true, window: createWindow(spec, percentiles), sum: 0, count: 0 }),
      createChild: (link) => new SummaryChild(spec.exportedName, link),
      startsAtZero: true,
    });
  }

  override observe(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.observe(value));
  }

  override startTimer(labels?: unknown): () => number {
    return this.#children.of(labels).startTimer();
  }

  override labels(...labels: readonly unknown[]): SummaryChild {
    return this.#children.ofList(labels);
  }

  override remove(...labels: readonly unknown[]): void {
    this.#children.remove(labels);
  }

  override reset(): void {
    // prom-client's constructor calls this before there are fields.
    if (#children in this) this.#children.clear();
  }

  override async get(): Promise<PromResult> {
    return promResult(this, await this.takeFamily());
  }

  async takeFamily(): Promise<MetricFamily> {
    const series = await Promise.all(Array.from(this.#children.series, (one) => takeSeries(one, this.#percentiles)));
    return { ...familyHead(this.#spec), type: 'summary', series };
  }
}

function createWindow({ exportedName, help, maxAgeSeconds, ageBuckets = defaultAgeBuckets }: MetricSpec, percentiles: readonly number[]) {
  return new PromSummary({
    name: exportedName,
    help,
    percentiles: [...percentiles],
    // The values of an empty window are then no zeros but missing.
    pruneAgedBuckets: true,
    registers: [],
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds, ageBuckets }),
  });
}

/** All is read before the first await: prom-client computes at once what it tells later. */
async function takeSeries({ labels, window, sum, count }: SummarySeries, percentiles: readonly number[]): Promise<SummarySnapshot> {
  const { values } = await window.get();
  const known = new Map(values.map(({ labels: { quantile }, value }) => [quantile, value]));
  return { labels, quantiles: percentiles.map((percentile) => [percentile, known.get(percentile) ?? NaN]), sum, count };
}
