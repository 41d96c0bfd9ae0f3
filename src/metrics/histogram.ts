import type { HistogramSeries as HistogramSnapshot, MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type SeriesLink } from './children.js';
import { startClock } from './clock.js';
import { familyHead } from './family-head.js';
import { checkTotals, type Totals } from './histogram-totals.js';
import type { OwnMetric } from './own-metric.js';
import { PromHistogram, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { Series } from './series-store.js';
import { UpdateKind } from './update-kind.js';

// prom-client's.
const defaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface HistogramSeries extends Series {
  readonly bounds: readonly number[];
  /** How many observations fell between a bound and the one before it. */
  readonly counts: number[];
  sum: number;
  count: number;
  mirrored: Totals | undefined;
}

/** One series of a histogram, to be kept by who updates it often. */
class HistogramChild {
  readonly #name: string;
  readonly #kind: UpdateKind;
  readonly #link: SeriesLink<HistogramSeries>;

  constructor(name: string, kind: UpdateKind, link: SeriesLink<HistogramSeries>) {
    this.#name = name;
    this.#kind = kind;
    this.#link = link;
  }

  observe(value: unknown): void {
    const checked = checkNumber(this.#name, value, numberRules.finite);
    this.#kind.check('counted');
    const series = this.#link.obtain();
    const place = series.bounds.findIndex((bound) => checked <= bound);
    if (place >= 0) series.counts[place]! += 1;
    series.sum += checked;
    series.count += 1;
  }

  startTimer(): () => number {
    return startClock((seconds) => this.observe(seconds));
  }

  setBuckets(totals: unknown): void {
    const checked = checkTotals(this.#name, totals);
    this.#kind.check('mirrored');
    this.#link.obtain().mirrored = checked;
  }

  zero(): void {
    const series = this.#link.obtain();
    series.counts.fill(0);
    series.sum = 0;
    series.count = 0;
    series.mirrored = undefined;
  }
}

/** A distribution, counted in buckets. */
export class Histogram extends PromHistogram implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  readonly #spec: MetricSpec;
  readonly #children: Children<HistogramSeries, HistogramChild>;

  constructor(spec: MetricSpec) {
    const bounds = spec.buckets ?? defaultBounds;
    super({ name: spec.exportedName, help: spec.help, labelNames: spec.labels, buckets: [...bounds], registers: [] });
    // prom-client's constructor puts its own one on the object.
    this.observe = (first?: unknown, second?: unknown): void => Histogram.prototype.observe.call(this, first, second);
    this.#spec = spec;
    const kind = new UpdateKind(spec.exportedName, { counted: 'observe', mirrored: 'setBuckets' });
    this.#children = new Children({
      spec,
      createSeries: (labels) => ({ labels, isStored: true, bounds, counts: bounds.map(() => 0), sum: 0, count: 0, mirrored: undefined }),
      createChild: (link) => new HistogramChild(spec.exportedName, kind, link),
      startsAtZero: true,
    });
  }

  override observe(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.observe(value));
  }

  override startTimer(labels?: unknown): () => number {
    return this.#children.of(labels).startTimer();
  }

  setBuckets(first?: unknown, second?: unknown): void {
    // Totals look like labels, so that only what follows tells them apart.
    const hasLabels = this.#spec.labels.length > 0 || second !== undefined;
    this.#children.of(hasLabels ? first : {}).setBuckets(hasLabels ? second : first);
  }

  override zero(labels?: unknown): void {
    this.#children.of(labels).zero();
  }

  override labels(...labels: readonly unknown[]): HistogramChild {
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
    return promResult(this, this.takeFamily());
  }

  /** What prom-client's registry asks a histogram for instead of `get()`. */
  getForPromString(): Promise<PromResult> {
    return this.get();
  }

  takeFamily(): MetricFamily {
    return { ...familyHead(this.#spec), type: 'histogram', series: Array.from(this.#children.series, takeSeries) };
  }
}

function takeSeries({ labels, bounds, counts, sum, count, mirrored }: HistogramSeries): HistogramSnapshot {
  if (mirrored) return { labels, ...mirrored };
  let total = 0;
  const buckets = bounds.map((bound, index) => [bound, (total += counts[index] ?? 0)] as const);
  return { labels, buckets: [...buckets, [Infinity, count]], sum, count };
}
