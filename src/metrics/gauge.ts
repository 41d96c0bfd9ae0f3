import type { LabelPairs } from '../model/labels.js';
import type { MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { CallScope } from './call.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, SeriesChild } from './children.js';
import { startClock } from './clock.js';
import { FamilyCache } from './family-cache.js';
import type { OwnMetric } from './own-metric.js';
import type { Hidden } from './owner.js';
import { promNames, setName } from './own-name.js';
import { PromGauge, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { SeriesLimit } from './room.js';

/** One series of a gauge, to be kept by who updates it often. */
class GaugeChild extends SeriesChild {
  set(value: unknown): void {
    // What a number is costs less than the rule.
    this.setNumber(typeof value === 'number' ? value : checkNumber(this.home.name, value, numberRules.any));
  }

  inc(value: unknown = 1): void {
    this.addNumber(checkNumber(this.home.name, value, numberRules.finite), this.home.scope.current());
  }

  dec(value: unknown = 1): void {
    this.addNumber(-checkNumber(this.home.name, value, numberRules.finite), this.home.scope.current());
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
  readonly #children: Children<GaugeChild>;
  readonly #families: FamilyCache;

  constructor(spec: MetricSpec, scope = new CallScope(), limit?: SeriesLimit) {
    super({ ...promNames(spec), help: spec.help, registers: [] });
    setName(this, spec);
    this.spec = spec;
    this.#families = new FamilyCache(spec);
    this.#children = new Children({
      spec,
      scope,
      limit,
      width: 1,
      Child: GaugeChild,
      shared: {},
    });
  }

  override set(first?: unknown, second?: unknown): void {
    const children = this.#children;
    const value = checkNumber(this.name, children.valueOf(first, second), numberRules.any);
    const current = children.scope.current();
    children.obtain(first, current)?.set(value, current);
  }

  override inc(first?: unknown, second?: unknown): void {
    this.#add(first, this.#children.valueOf(first, second), 1);
  }

  override dec(first?: unknown, second?: unknown): void {
    this.#add(first, this.#children.valueOf(first, second), -1);
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
    this.#children.remove(labels, this.#children.scope.current());
  }

  override reset(): void {
    // prom-client's constructor calls this before there are fields.
    if (#children in this) this.#children.clear(this.#children.scope.current());
  }

  override async get(): Promise<PromResult> {
    return promResult(this, this.takeFamily());
  }

  takeFamily(defaults: LabelPairs = [], hidden?: Hidden): MetricFamily {
    return this.#families.take(this.#children.take(hidden), defaults);
  }

  #add(first: unknown, value: unknown = 1, sign: number): void {
    const checked = sign * checkNumber(this.name, value, numberRules.finite);
    const current = this.#children.scope.current();
    this.#children.obtain(first, current)?.add(checked, current);
  }
}
