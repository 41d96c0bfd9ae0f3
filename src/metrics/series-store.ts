import type { LabelPairs } from '../model/metric-family.js';

/** What a metric knows for one combination of label values. */
export interface Series {
  readonly labels: LabelPairs;
  /** Whether its store has it: one that was removed may still be held by a kept child. */
  isStored: boolean;
}

/** A level for each label, keyed by its values; joined keys could collide. */
type Branch<S> = Map<string, Branch<S> | S>;

/** The series of one metric, found by their label values. */
export class SeriesStore<S extends Series> implements Iterable<S> {
  readonly #labelNames: readonly string[];
  readonly #createSeries: (labels: LabelPairs) => S;
  readonly #root: Branch<S> = new Map();
  readonly #all = new Set<S>();

  constructor(labelNames: readonly string[], createSeries: (labels: LabelPairs) => S) {
    this.#labelNames = labelNames;
    this.#createSeries = createSeries;
  }

  /** Returns the series with these values, in the order of the label names; creates it if there is none. */
  obtain(values: readonly string[]): S {
    const last = Math.max(0, this.#labelNames.length - 1);
    let branch = this.#root;
    for (let depth = 0; depth < last; depth++) {
      const value = keyAt(values, depth);
      let next = branch.get(value) as Branch<S> | undefined;
      if (next === undefined) branch.set(value, (next = new Map()));
      branch = next;
    }
    const value = keyAt(values, last);
    return (branch.get(value) as S | undefined) ?? this.#insert(branch, value, values);
  }

  /** Removes the series with these values, if there is one. */
  remove(values: readonly string[]): void {
    const series = removeAt(this.#root, values, 0);
    if (series === undefined) return;
    series.isStored = false;
    this.#all.delete(series);
  }

  clear(): void {
    for (const series of this.#all) series.isStored = false;
    this.#all.clear();
    this.#root.clear();
  }

  /** In the order of their creation. */
  [Symbol.iterator](): IterableIterator<S> {
    return this.#all.values();
  }

  #insert(branch: Branch<S>, value: string, values: readonly string[]): S {
    const series = this.#createSeries(this.#labelNames.map((name, index) => [name, keyAt(values, index)]));
    branch.set(value, series);
    this.#all.add(series);
    return series;
  }
}

/** The key at a level; the one level of a metric without labels has one. */
function keyAt(values: readonly string[], depth: number): string {
  return values[depth] ?? '';
}

/** Removes a series together with the levels that it leaves empty. */
function removeAt<S>(branch: Branch<S>, values: readonly string[], depth: number): S | undefined {
  const value = keyAt(values, depth);
  const next = branch.get(value);
  if (next === undefined) return undefined;
  if (depth >= values.length - 1) {
    branch.delete(value);
    return next as S;
  }
  const inner = next as Branch<S>;
  const removed = removeAt(inner, values, depth + 1);
  if (inner.size === 0) branch.delete(value);
  return removed;
}
