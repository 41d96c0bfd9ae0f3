import type { MetricSpec } from '../model/spec.js';
import { checkLabelList, checkLabels } from './check-labels.js';
import { describeValue, invalidUpdate, isObject } from './check-value.js';
import { type Series, SeriesStore } from './series-store.js';

/** Leads a child to its series, also when that was removed in the meantime. */
export class SeriesLink<S extends Series> {
  readonly #store: SeriesStore<S>;
  readonly #values: readonly string[];
  #series: S | undefined;

  constructor(store: SeriesStore<S>, values: readonly string[]) {
    this.#store = store;
    this.#values = values;
  }

  /** The series, which exists from now on. To be called by updates only, and when nothing can go wrong any more. */
  obtain(): S {
    if (this.#series?.isStored !== true) this.#series = this.#store.obtain(this.#values);
    return this.#series;
  }
}

interface ChildrenParts<S extends Series, C> {
  readonly spec: MetricSpec;
  readonly createSeries: (labels: S['labels']) => S;
  readonly createChild: (link: SeriesLink<S>) => C;
  /** Whether a metric without labels has its series before the first update. */
  readonly startsAtZero: boolean;
}

/** The children of one metric: checks the labels of every call, with the series below. */
export class Children<S extends Series, C> {
  readonly #parts: ChildrenParts<S, C>;
  readonly #store: SeriesStore<S>;
  /** The only child of a metric without labels. */
  readonly #only: C | undefined;

  constructor(parts: ChildrenParts<S, C>) {
    this.#parts = parts;
    this.#store = new SeriesStore(parts.spec.labels, parts.createSeries);
    if (parts.spec.labels.length === 0) this.#only = this.#create([]);
    this.clear();
  }

  get series(): Iterable<S> {
    return this.#store;
  }

  /** The child for a record of labels, which may be left out where there are none. */
  of(labels: unknown): C {
    const values = checkLabels(this.#parts.spec, labels);
    return this.#only ?? this.#create(values);
  }

  /** The child for what `labels()` takes. */
  ofList(list: readonly unknown[]): C {
    const values = checkLabelList(this.#parts.spec, list);
    return this.#only ?? this.#create(values);
  }

  /** Runs an update that was called with labels and a value, or with the value only where there are no labels. */
  update(first: unknown, second: unknown, run: (child: C, value: unknown) => void): void {
    // prom-client takes `set({}, 5)` too.
    if (this.#only === undefined || isObject(first)) run(this.of(first), second);
    else if (second === undefined) run(this.#only, first);
    else
      throw invalidUpdate(
        this.#parts.spec.exportedName,
        `got ${describeValue(second)} after the value`,
        'It has no labels; give the value only',
      );
  }

  remove(list: readonly unknown[]): void {
    this.#store.remove(checkLabelList(this.#parts.spec, list));
  }

  clear(): void {
    this.#store.clear();
    if (this.#parts.startsAtZero && this.#only !== undefined) this.#store.obtain([]);
  }

  #create(values: readonly string[]): C {
    return this.#parts.createChild(new SeriesLink(this.#store, values));
  }
}
