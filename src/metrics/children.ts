import type { MetricSpec } from '../model/spec.js';
import type { BlockContent } from './block-content.js';
import type { Call, CallScope } from './call.js';
import { checkLabelList, checkLabels, type Labelled } from './check-labels.js';
import { describeValue, invalidUpdate, isObject } from './check-value.js';
import { firstSeries } from './first-series.js';
import type { Hidden } from './owner.js';
import type { SeriesLimit } from './room.js';
import type { Row } from './row.js';
import { SeriesTable } from './series-table.js';

/** What all children of one metric share. */
export interface Home {
  /** Of the metric, in messages. */
  readonly name: string;
  readonly table: SeriesTable;
  /** Tells which call the running code belongs to. */
  readonly scope: CallScope;
}

/** One series as its updates see it, also when it was removed in the meantime. */
export abstract class SeriesChild<H extends Home = Home> {
  // Where the series was found last. No reference to the row: there are many children, and to look there costs less, too.
  #block: Row['block'] | undefined;
  #index = 0;
  #departures = 0;
  protected readonly home: H;
  /** Until the series is found for the first time: its block knows them, too, even when the series is gone. */
  #values: readonly string[] | undefined;

  constructor(home: H, values: readonly string[]) {
    this.home = home;
    this.#values = values;
  }

  /**
   * The series, which has its place from now on; undefined where there is no room for it. To be called by updates only, and
   * when nothing can go wrong any more.
   */
  protected obtain(call: Call | undefined): Row | undefined {
    return this.#obtainBlock(call)?.rowAt(this.#index);
  }

  /** Sets the one number of the series: at once, or when the call is published. */
  protected setNumber(value: number): void {
    const block = this.#block;
    const call = this.home.scope.current();
    // Spelled out: each function on the way would cost a tenth of all this.
    if (block === undefined || block.departures !== this.#departures) this.#find(call)?.set(this.#index, value, call);
    else if (call !== undefined) block.stageOf(call)?.set(this.#index, value);
    else if (block.isPlain(this.#index)) block.overwrite(this.#index, value);
    else block.write(this.#index, value);
  }

  /** Adds to the one number of the series: at once, or when the call is published. */
  protected addNumber(value: number, call: Call | undefined): void {
    this.#obtainBlock(call)?.add(this.#index, value, call);
  }

  #obtainBlock(call: Call | undefined): Row['block'] | undefined {
    const block = this.#block;
    return block !== undefined && block.departures === this.#departures ? block : this.#find(call);
  }

  #find(call: Call | undefined): Row['block'] | undefined {
    // A place in a block that others have left may still be this one's.
    const row = this.#block?.rowAt(this.#index) ?? this.home.table.obtain(this.#labelValues(), call);
    if (row === undefined) return undefined;
    this.#block = row.block;
    this.#index = row.index;
    this.#departures = row.block.departures;
    this.#values = undefined;
    return row.block;
  }

  #labelValues(): readonly string[] {
    return this.#values ?? this.#block?.labelValuesOf(this.#index) ?? [];
  }
}

interface ChildrenParts<C, Shared> {
  readonly spec: MetricSpec;
  readonly scope: CallScope;
  readonly limit?: SeriesLimit | undefined;
  /** Numbers a series. */
  readonly width: number;
  readonly Child: new (home: Home & Shared, values: readonly string[]) => C;
  /** What the children share beside their home. */
  readonly shared: Shared;
  /** Makes a series one of zeros: at once, or when the call is published. Only where metrics start with what is known of them. */
  readonly start?: (row: Row, call: Call | undefined) => void;
  /** Whether labels of an exemplar may follow the value. */
  readonly takesExemplars?: boolean;
}

/** The series of one metric as its methods see them: checks the labels of every call. */
export class Children<C, Shared extends object = object> {
  readonly scope: CallScope;
  readonly #parts: ChildrenParts<C, Shared>;
  readonly #home: Home & Shared;
  readonly #table: SeriesTable;
  readonly #hasLabels: boolean;
  readonly #labelled: Labelled;
  /** The only child of a metric without labels. */
  readonly #only: C | undefined;
  #hasFirstSeries: boolean;

  constructor(parts: ChildrenParts<C, Shared>) {
    const { spec, scope, limit, width, shared } = parts;
    this.scope = scope;
    this.#parts = parts;
    this.#hasLabels = spec.labels.length > 0;
    const { exportedName, labels } = spec;
    this.#labelled = { exportedName, labels, known: spec.labelValues?.map((values) => values && new Set(values)) };
    this.#hasFirstSeries = parts.start !== undefined && !spec.mirrored;
    this.#table = new SeriesTable({
      labelNames: spec.labels,
      width,
      hasCreated: spec.created,
      name: spec.exportedName,
      keepsStale: spec.stale === 'keep',
      limit,
    });
    this.#home = { name: exportedName, table: this.#table, scope, ...shared };
    if (!this.#hasLabels) this.#only = this.#create([]);
    this.clear();
  }

  /** The value of an update that was called with labels and a value, or with the value only where there are no labels. */
  valueOf(first: unknown, second: unknown): unknown {
    // prom-client takes `set({}, 5)` too.
    if (isObject(first)) return second;
    // Told first: what stands where the labels should be is mostly the value.
    if (this.#hasLabels) checkLabels(this.#labelled, first);
    if (second === undefined || (this.#parts.takesExemplars && isObject(second))) return first;
    throw invalidUpdate(
      this.#parts.spec.exportedName,
      `got ${describeValue(second)} after the value`,
      'It has no labels; give the value only',
    );
  }

  /** The labels of the exemplar of such an update. */
  exemplarOf(first: unknown, second: unknown, third: unknown): unknown {
    return this.#hasLabels || isObject(first) ? third : second;
  }

  /** The series of an update whose first argument is this one, which has its place from now on; undefined where there is no room. */
  obtain(first: unknown, call: Call | undefined): Row | undefined {
    if (this.#hasLabels || isObject(first)) {
      const known = isObject(first) ? this.#table.find(first as Readonly<Record<string, unknown>>) : undefined;
      return known ?? this.#table.obtain(checkLabels(this.#labelled, first), call);
    }
    return this.#table.obtain([], call);
  }

  /** The child for a record of labels, which may be left out where there are none. */
  of(labels: unknown): C {
    const values = checkLabels(this.#labelled, labels);
    return this.#only ?? this.#create(values);
  }

  /** The child for what `labels()` takes. */
  ofList(list: readonly unknown[]): C {
    const values = checkLabelList(this.#labelled, list);
    return this.#only ?? this.#create(values);
  }

  /** Removes a series: at once, or when the call is published. */
  remove(list: readonly unknown[], call?: Call): void {
    this.#table.get(checkLabelList(this.#labelled, list))?.remove(call);
  }

  /** Removes all series but those that the metric starts with: at once, or when the call is published. */
  clear(call?: Call): void {
    for (const row of this.#table.rows()) row.remove(call);
    if (!this.#hasFirstSeries) return;
    for (const values of firstSeries(this.#parts.spec)) {
      const row = this.#table.obtain(values, call);
      if (row !== undefined) this.#parts.start?.(row, call);
    }
  }

  /** Takes away the zeros that the metric started with, for good: which series a mirrored one has, its source knows alone. */
  dropFirstSeries(): void {
    if (!this.#hasLabels || !this.#hasFirstSeries) return;
    this.#hasFirstSeries = false;
    for (const values of firstSeries(this.#parts.spec)) this.#table.get(values)?.remove();
  }

  /** What there is at this moment but what an answer leaves out, in the order of the creation of the series. */
  take(hidden: Hidden = this.scope.gone): readonly BlockContent[] {
    return this.#table.take(hidden);
  }

  /** The series that are set, in the order in which `take` has them. */
  rows(): readonly Row[] {
    return this.#table.rows().filter(({ block, index }) => block.has(index));
  }

  #create(values: readonly string[]): C {
    return new this.#parts.Child(this.#home, values);
  }
}
