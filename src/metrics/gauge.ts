import type { MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type SeriesLink } from './children.js';
import { startClock } from './clock.js';
import { familyHead } from './family-head.js';
import type { OwnMetric } from './own-metric.js';
import { PromGauge, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { Series } from './series-store.js';

interface GaugeSeries extends Series {
  value: number;
}

/** One series of a gauge, to be kept by who updates it often. */
class GaugeChild {
  readonly #name: string;
  readonly #link: SeriesLink<GaugeSeries>;

  constructor(name: string, link: SeriesLink<GaugeSeries>) {
    this.#name = name;
    this.#link = link;
  }

  set(value: unknown): void {
    const checked = checkNumber(this.#name, value, numberRules.any);
    this.#link.obtain().value = checked;
  }

  inc(value: unknown = 1): void {
    const checked = checkNumber(this.#name, value, numberRules.finite);
    this.#link.obtain().value += checked;
  }

  dec(value: unknown = 1): void {
    const checked = checkNumber(this.#name, value, numberRules.finite);
    this.#link.obtain().value -= checked;
  }

  setToCurrentTime(): void {
    this.set(Date.now() / 1_000);
  }

  startTimer(): () => number {
    return startClock((seconds) => this.set(seconds));
  }
}

/** A value that goes up and down. */
export class Gauge extends PromGauge implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  protected readonly spec: MetricSpec;
  protected readonly familyType: 'gauge' | 'info' | 'unknown' = 'gauge';
  readonly #children: Children<GaugeSeries, GaugeChild>;

  constructor(spec: MetricSpec) {
    super({ name: spec.exportedName, help: spec.help, labelNames: spec.labels, registers: [] });
    this.spec = spec;
    this.#children = new Children({
      spec,
      createSeries: (labels) => ({ labels, isStored: true, value: 0 }),
      createChild: (link) => new GaugeChild(spec.exportedName, link),
      startsAtZero: false,
    });
  }

  override set(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.set(value));
  }

  override inc(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.inc(value));
  }

  override dec(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.dec(value));
  }

  override setToCurrentTime(labels?: unknown): void {
    this.#children.of(labels).setToCurrentTime();
  }

  override startTimer(labels?: unknown): () => number {
    return this.#children.of(labels).startTimer();
  }

  override labels(...labels: readonly unknown[]): GaugeChild {
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

  takeFamily(): MetricFamily {
    return { ...familyHead(this.spec), type: this.familyType, series: this.takeNumbers() };
  }

  protected takeNumbers(): readonly { readonly labels: Series['labels']; readonly value: number }[] {
    return Array.from(this.#children.series, ({ labels, value }) => ({ labels, value }));
  }
}
