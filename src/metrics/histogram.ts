import type { LabelPairs } from '../model/labels.js';
import type { Exemplar, MetricFamily, PointBlock } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import type { BlockContent } from './block-content.js';
import { type Call, CallScope } from './call.js';
import { checkExemplar } from './check-exemplar.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type Home, SeriesChild } from './children.js';
import { startClock } from './clock.js';
import { FamilyCache } from './family-cache.js';
import { checkTotals, type Totals } from './histogram-totals.js';
import type { OwnMetric } from './own-metric.js';
import type { Hidden } from './owner.js';
import { promNames, setName } from './own-name.js';
import { createPointBlocks } from './point-blocks.js';
import { PromHistogram, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { SeriesLimit } from './room.js';
import type { Row } from './row.js';
import { UpdateKind } from './update-kind.js';

// prom-client's.
const defaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the histogram says to its children. */
interface Counting {
  readonly bounds: readonly number[];
  readonly kind: UpdateKind;
  /** Makes a series one of zeros: at once, or when the call is published. */
  readonly start: (row: Row, call: Call | undefined) => void;
}

/** One series of a histogram, to be kept by who updates it often. */
class HistogramChild extends SeriesChild<Home & Counting> {
  observe(value: unknown, exemplarLabels?: unknown): void {
    const { name, kind, bounds } = this.home;
    const checked = checkNumber(name, value, numberRules.finite);
    const exemplar = checkExemplar(name, exemplarLabels, checked);
    kind.check('counted');
    count(this.obtain(undefined), bounds, checked, exemplar);
  }

  startTimer(): () => number {
    return startClock((seconds) => this.observe(seconds));
  }

  setBuckets(totals: unknown): void {
    const { name, kind, scope } = this.home;
    const checked = checkTotals(name, totals);
    kind.check('mirrored');
    const current = scope.current();
    this.obtain(current)?.setTotals(checked, current);
  }

  zero(): void {
    const { kind, scope, start } = this.home;
    const call = kind.isMirrored ? scope.current() : undefined;
    const row = this.obtain(call);
    if (row === undefined) return;
    if (call === undefined) row.block.unset(row.index);
    start(row, call);
  }
}

/** A distribution, counted in buckets. */
export class Histogram extends PromHistogram implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  readonly #spec: MetricSpec;
  readonly #counting: Counting;
  readonly #children: Children<HistogramChild, Counting>;
  readonly #families: FamilyCache;

  constructor(spec: MetricSpec, scope = new CallScope(), limit?: SeriesLimit) {
    const bounds = spec.buckets ?? defaultBounds;
    super({ ...promNames(spec), help: spec.help, buckets: [...bounds], registers: [] });
    setName(this, spec);
    // prom-client's constructor puts its own one on the object.
    this.observe = (first?: unknown, second?: unknown, third?: unknown): void =>
      Histogram.prototype.observe.call(this, first, second, third);
    this.#spec = spec;
    const calls = { counted: 'observe', mirrored: 'setBuckets' };
    const kind = new UpdateKind(spec, calls, () => this.#children.dropFirstSeries());
    const zeros: Totals = { bounds, counts: bounds.map(() => 0), sum: 0, count: 0 };
    const start = (row: Row, call: Call | undefined): void => {
      if (call === undefined) row.block.markSet(row.index);
      else row.setTotals(zeros, call);
    };
    const counting: Counting = { bounds, kind, start };
    this.#counting = counting;
    this.#families = new FamilyCache(spec, (content) =>
      content.totals ? mirroredBlocks(content, bounds) : [countedBlock(content, bounds)],
    );
    this.#children = new Children({
      spec,
      scope,
      limit,
      // Sum and count follow the buckets; the count is that of the last bucket, too.
      width: bounds.length + 2,
      Child: HistogramChild,
      shared: counting,
      start,
      takesExemplars: true,
    });
  }

  override observe(first?: unknown, second?: unknown, third?: unknown): void {
    const children = this.#children;
    const { kind, bounds } = this.#counting;
    const checked = checkNumber(this.name, children.valueOf(first, second), numberRules.finite);
    const exemplar = checkExemplar(this.name, children.exemplarOf(first, second, third), checked);
    kind.check('counted');
    count(children.obtain(first, undefined), bounds, checked, exemplar);
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
    this.#children.remove(labels, this.#call);
  }

  override reset(): void {
    // prom-client's constructor calls this before there are fields.
    if (#children in this) this.#children.clear(this.#call);
  }

  override async get(): Promise<PromResult> {
    return promResult(this, this.takeFamily());
  }

  /** What prom-client's registry asks a histogram for instead of `get()`. */
  getForPromString(): Promise<PromResult> {
    return this.get();
  }

  takeFamily(defaults: LabelPairs = [], hidden?: Hidden): MetricFamily {
    return this.#families.take(this.#children.take(hidden), defaults);
  }

  /** The call that stages what is done here: what is counted is never staged. */
  get #call(): Call | undefined {
    return this.#counting.kind.isMirrored ? this.#children.scope.current() : undefined;
  }
}

/** What is counted is visible at once, wherever it is counted. */
function count(row: Row | undefined, bounds: readonly number[], value: number, exemplar: Exemplar | undefined): void {
  if (row === undefined) return;
  const { block, index } = row;
  block.markSet(index);
  const { values } = block;
  const start = index * block.width;
  const sumPlace = start + bounds.length;
  let bucket = 0;
  while (bucket < bounds.length && value > bounds[bucket]!) bucket++;
  // What is above all bounds stands in the count alone.
  if (bucket < bounds.length) values[start + bucket]! += 1;
  values[sumPlace]! += value;
  values[sumPlace + 1]! += 1;
  if (exemplar) block.writeExemplar(bucket < bounds.length ? start + bucket : sumPlace + 1, exemplar);
  block.touch();
}

/** Counts at each bound are kept apart, and told together. */
function countedBlock({ labels, values, exemplars, created }: BlockContent, points: readonly number[]): PointBlock {
  const cumulative = values.slice();
  const width = points.length + 2;
  for (let start = 0; start < cumulative.length; start += width) {
    for (let place = start + 1; place < start + points.length; place++) cumulative[place]! += cumulative[place - 1]!;
  }
  return { labels, points, values: cumulative, exemplars, created };
}

/** Each series of a mirrored histogram has the bounds of its source. */
function mirroredBlocks({ labels, totals = [] }: BlockContent, bounds: readonly number[]): readonly PointBlock[] {
  return createPointBlocks(
    labels.map((text, row) => {
      const own = totals[row];
      // One that starts at 0 has the bounds that were declared.
      if (own === undefined) return { labels: text, points: bounds, row: [...bounds.map(() => 0), 0, 0] };
      return { labels: text, points: own.bounds, row: [...own.counts, own.sum, own.count] };
    }),
  );
}
