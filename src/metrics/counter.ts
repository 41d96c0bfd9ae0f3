import type { MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type SeriesLink } from './children.js';
import { familyHead } from './family-head.js';
import type { OwnMetric } from './own-metric.js';
import { PromCounter, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { Series } from './series-store.js';
import { UpdateKind } from './update-kind.js';

interface CounterSeries extends Series {
  value: number;
}

/** One series of a counter, to be kept by who updates it often. */
class CounterChild {
  readonly #name: string;
  readonly #kind: UpdateKind;
  readonly #link: SeriesLink<CounterSeries>;

  constructor(name: string, kind: UpdateKind, link: SeriesLink<CounterSeries>) {
    this.#name = name;
    this.#kind = kind;
    this.#link = link;
  }

  inc(value: unknown = 1): void {
    const checked = checkNumber(this.#name, value, numberRules.increment);
    this.#kind.check('counted');
    this.#link.obtain().value += checked;
  }

  setTotal(total: unknown): void {
    const checked = checkNumber(this.#name, total, numberRules.total, 'total');
    this.#kind.check('mirrored');
    this.#link.obtain().value = checked;
  }
}

/** A value that only goes up. */
export class Counter extends PromCounter implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  readonly #spec: MetricSpec;
  readonly #children: Children<CounterSeries, CounterChild>;

  constructor(spec: MetricSpec) {
    super({ name: spec.exportedName, help: spec.help, labelNames: spec.labels, registers: [] });
    // prom-client's constructor puts its own one on the object.
    this.inc = (first?: unknown, second?: unknown): void => Counter.prototype.inc.call(this, first, second);
    this.#spec = spec;
    const kind = new UpdateKind(spec.exportedName, { counted: 'inc', mirrored: 'setTotal' });
    this.#children = new Children({
      spec,
      createSeries: (labels) => ({ labels, isStored: true, value: 0 }),
      createChild: (link) => new CounterChild(spec.exportedName, kind, link),
      startsAtZero: true,
    });
  }

  override inc(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.inc(value));
  }

  setTotal(first?: unknown, second?: unknown): void {
    this.#children.update(first, second, (child, value) => child.setTotal(value));
  }

  override labels(...labels: readonly unknown[]): CounterChild {
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
    const series = Array.from(this.#children.series, ({ labels, value }) => ({ labels, value }));
    return { ...familyHead(this.#spec), type: 'counter', series };
  }
}
