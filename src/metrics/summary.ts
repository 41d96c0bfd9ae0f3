import type { LabelPairs } from '../model/labels.js';
import type { MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import type { BlockContent } from './block-content.js';
import { CallScope } from './call.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type Home, SeriesChild } from './children.js';
import { startClock } from './clock.js';
import { FamilyCache } from './family-cache.js';
import type { OwnMetric } from './own-metric.js';
import { promNames, setName } from './own-name.js';
import { type PromResult, PromSummary } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { SeriesLimit } from './room.js';
import type { Row } from './row.js';

// prom-client's.
const defaultPercentiles = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999];
const defaultAgeBuckets = 5;

/** What the summary says to its children. */
interface Observing {
  readonly observe: (row: Row | undefined, value: number) => void;
}

/** One series of a summary, to be kept by who updates it often. */
class SummaryChild extends SeriesChild<Home & Observing> {
  observe(value: unknown): void {
    const { name, observe } = this.home;
    const checked = checkNumber(name, value, numberRules.finite);
    observe(this.obtain(undefined), checked);
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
  readonly #children: Children<SummaryChild, Observing>;
  readonly #families: FamilyCache;
  /** Know the quantiles only: they forget their sum and count together with old observations. */
  readonly #windows = new WeakMap<Row, PromSummary>();
  #filled = new WeakMap<BlockContent, BlockContent>();

  constructor(spec: MetricSpec, scope = new CallScope(), limit?: SeriesLimit) {
    const percentiles = spec.percentiles ?? defaultPercentiles;
    super({ ...promNames(spec), help: spec.help, percentiles: [...percentiles], registers: [] });
    setName(this, spec);
    this.#spec = spec;
    this.#percentiles = percentiles;
    this.#families = new FamilyCache(spec, (content) => [{ ...content, points: percentiles }]);
    const observing: Observing = { observe: (row, value) => this.#observe(row, value) };
    this.#children = new Children({
      spec,
      scope,
      limit,
      // Sum and count follow the quantiles, which are filled in when they are asked for.
      width: percentiles.length + 2,
      Child: SummaryChild,
      shared: observing,
      start: ({ block, index }) => block.markSet(index),
    });
  }

  override observe(first?: unknown, second?: unknown): void {
    const checked = checkNumber(this.name, this.#children.valueOf(first, second), numberRules.finite);
    this.#observe(this.#children.obtain(first, undefined), checked);
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

  async takeFamily(defaults: LabelPairs = []): Promise<MetricFamily> {
    const rows = this.#children.rows();
    let from = 0;
    // All is read before the first await: prom-client computes at once what it tells later.
    const filling = this.#children.take().map((content) => {
      const own = rows.slice(from, (from += content.labels.length));
      return this.#fill(content, own);
    });
    return this.#families.take(await Promise.all(filling), defaults);
  }

  #observe(row: Row | undefined, value: number): void {
    if (row === undefined) return;
    const { block, index } = row;
    block.markSet(index);
    this.#windowOf(row).observe(value);
    const sumPlace = index * block.width + this.#percentiles.length;
    block.values[sumPlace]! += value;
    block.values[sumPlace + 1]! += 1;
    block.touch();
  }

  /** Fills the quantiles in; those of a summary that forgets nothing change only with new observations. */
  async #fill(content: BlockContent, rows: readonly Row[]): Promise<BlockContent> {
    const known = this.#filled.get(content);
    if (known !== undefined) return known;
    // One without observations has no window, which would cost more than all the rest of it.
    const results = rows.map(async (row) => this.#windows.get(row)?.get());
    const values = content.values.slice();
    const width = this.#percentiles.length + 2;
    (await Promise.all(results)).forEach((result, row) => {
      const quantiles = new Map(result?.values.map(({ labels: { quantile }, value }) => [quantile, value]));
      this.#percentiles.forEach((percentile, place) => {
        values[row * width + place] = quantiles.get(percentile) ?? NaN;
      });
    });
    const filled = { ...content, values };
    if (this.#spec.maxAgeSeconds === undefined) this.#filled.set(content, filled);
    return filled;
  }

  #windowOf(row: Row): PromSummary {
    let window = this.#windows.get(row);
    if (window === undefined) this.#windows.set(row, (window = createWindow(this.#spec, this.#percentiles)));
    return window;
  }
}

function createWindow({ maxAgeSeconds, ageBuckets = defaultAgeBuckets }: MetricSpec, percentiles: readonly number[]): PromSummary {
  return new PromSummary({
    name: 'window',
    help: 'Never shown.',
    percentiles: [...percentiles],
    // The values of an empty window are then no zeros but missing.
    pruneAgedBuckets: true,
    registers: [],
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds, ageBuckets }),
  });
}
