import type { LabelPairs } from '../model/labels.js';
import type { Exemplar, MetricFamily } from '../model/metric-family.js';
import type { MetricSpec } from '../model/spec.js';
import { type Call, CallScope } from './call.js';
import { checkExemplar } from './check-exemplar.js';
import { checkNumber, numberRules } from './check-value.js';
import { Children, type Home, SeriesChild } from './children.js';
import { FamilyCache } from './family-cache.js';
import type { OwnMetric } from './own-metric.js';
import type { Hidden } from './owner.js';
import { promNames, setName } from './own-name.js';
import { PromCounter, type PromResult } from './prom-client.js';
import { promResult } from './prom-result.js';
import type { SeriesLimit } from './room.js';
import type { Row } from './row.js';
import { UpdateKind } from './update-kind.js';

/** What the counter says to its children. */
interface Counted {
  readonly kind: UpdateKind;
}

/** One series of a counter, to be kept by who updates it often. */
class CounterChild extends SeriesChild<Home & Counted> {
  inc(value: unknown = 1, exemplarLabels?: unknown): void {
    const { name, kind } = this.home;
    const checked = checkNumber(name, value, numberRules.increment);
    const exemplar = checkExemplar(name, exemplarLabels, checked);
    kind.check('counted');
    if (exemplar === undefined) this.addNumber(checked, undefined);
    else count(this.obtain(undefined), checked, exemplar);
  }

  setTotal(total: unknown): void {
    const { name, kind } = this.home;
    const checked = checkNumber(name, total, numberRules.total, 'total');
    kind.check('mirrored');
    this.setNumber(checked);
  }
}

/** A value that only goes up. */
export class Counter extends PromCounter implements OwnMetric {
  declare readonly name: string;
  declare readonly help: string;
  readonly #kind: UpdateKind;
  readonly #children: Children<CounterChild, Counted>;
  readonly #families: FamilyCache;

  constructor(spec: MetricSpec, scope = new CallScope(), limit?: SeriesLimit) {
    super({ ...promNames(spec), help: spec.help, registers: [] });
    setName(this, spec);
    // prom-client's constructor puts its own one on the object.
    this.inc = (first?: unknown, second?: unknown, third?: unknown): void => Counter.prototype.inc.call(this, first, second, third);
    const kind = new UpdateKind(spec, { counted: 'inc', mirrored: 'setTotal' }, () => this.#children.dropFirstSeries());
    this.#kind = kind;
    // When a total began is for its source to know.
    this.#families = new FamilyCache(spec, (content) => [kind.isMirrored ? { ...content, created: undefined } : content]);
    this.#children = new Children({
      spec,
      scope,
      limit,
      width: 1,
      Child: CounterChild,
      shared: { kind },
      start: (row, call) => row.set(0, call),
      takesExemplars: true,
    });
  }

  override inc(first?: unknown, second?: unknown, third?: unknown): void {
    const children = this.#children;
    const value = children.valueOf(first, second);
    const checked = checkNumber(this.name, value === undefined ? 1 : value, numberRules.increment);
    const exemplar = checkExemplar(this.name, children.exemplarOf(first, second, third), checked);
    this.#kind.check('counted');
    count(children.obtain(first, undefined), checked, exemplar);
  }

  setTotal(first?: unknown, second?: unknown): void {
    const children = this.#children;
    const checked = checkNumber(this.name, children.valueOf(first, second), numberRules.total, 'total');
    this.#kind.check('mirrored');
    const current = children.scope.current();
    children.obtain(first, current)?.set(checked, current);
  }

  override labels(...labels: readonly unknown[]): CounterChild {
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

  takeFamily(defaults: LabelPairs = [], hidden?: Hidden): MetricFamily {
    return this.#families.take(this.#children.take(hidden), defaults);
  }

  /** The call that stages what is done here: what is counted is never staged. */
  get #call(): Call | undefined {
    return this.#kind.isMirrored ? this.#children.scope.current() : undefined;
  }
}

/** What is counted is visible at once, wherever it is counted. */
function count(row: Row | undefined, value: number, exemplar: Exemplar | undefined): void {
  if (row === undefined) return;
  row.add(value, undefined);
  if (exemplar) row.block.writeExemplar(row.index, exemplar);
}
