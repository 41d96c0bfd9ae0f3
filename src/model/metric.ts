/**
 * Labels of a metric as its type parameter says them: `'a' | 'b'` for names, `{ method: 'GET' | 'POST'; code: string }`
 * for names with their known values, nothing for none.
 */
export type LabelShape = string | object;

export type LabelValue = string | number;

/** The record of all labels, none missing and none extra. */
export type LabelsOf<L> = [L] extends [never]
  ? Record<never, never>
  : [L] extends [string]
    ? { readonly [K in L]: LabelValue }
    : { readonly [K in keyof L]: L[K] & LabelValue };

/** The names of the labels. */
export type LabelNamesOf<L> = [L] extends [never] ? never : [L] extends [string] ? L : keyof L & string;

type AnyLabels = Readonly<Record<string, LabelValue>>;

/** The leading `labels` argument: absent where the metric has no labels. */
type LabelArgs<L, Rest extends unknown[]> = [L] extends [never] ? Rest : [labels: LabelsOf<L>, ...rest: Rest];

/** Exists in types only: lets a declaration be compared with its field, since metrics of other labels look alike. */
export declare const kind: unique symbol;

export interface Kind<Type extends string, Labels, States, Values> {
  readonly type: Type;
  readonly labels: Labels;
  readonly states: States;
  /** A method, whose parameter may be wider or narrower: so may the values of two metrics one of which stands for the other. */
  values(labels: Values): void;
}

/** A record of the labels, or their values in the order of their declaration. */
type LabelList<L> = [L] extends [never] ? [] : [labels: LabelsOf<L>] | [first: LabelValue, ...others: LabelValue[]];

interface Labelled<L, Type extends string, Child, States = never> {
  readonly [kind]?: Kind<Type, LabelNamesOf<L>, States, LabelsOf<L>>;
  /** The exported name. */
  readonly name: string;
  readonly help: string;
  /** Returns the child for these label values, which costs less to update than a look-up by labels each time. */
  labels(...labels: LabelList<L>): Child;
  /** Removes the series with these labels; unknown ones are no error. */
  remove(...labels: LabelList<L>): void;
  /** Removes all series; those that the metric starts with start again at 0. */
  reset(): void;
}

interface GaugeChild {
  set(value: number): void;
  inc(value?: number): void;
  dec(value?: number): void;
  setToCurrentTime(): void;
  startTimer(): () => number;
}

interface Settable<L, Type extends string> extends Labelled<L, Type, GaugeChild> {
  set(...update: LabelArgs<L, [value: number]>): void;
  inc(...update: LabelArgs<L, [value?: number]>): void;
  dec(...update: LabelArgs<L, [value?: number]>): void;
  /** Sets the value to the Unix time in seconds. */
  setToCurrentTime(...update: LabelArgs<L, []>): void;
  /** Returns a function that sets the gauge to the seconds since now, and returns them. */
  startTimer(...update: LabelArgs<L, []>): () => number;
}

/** A value that goes up and down. `set` and its kin say what is so now. */
export interface Gauge<L extends LabelShape = never> extends Settable<L, 'gauge'> {}

/** A value of a type that the source does not tell: `untyped` in text format, `unknown` in OpenMetrics. */
export interface Unknown<L extends LabelShape = never> extends Settable<L, 'unknown'> {}

/**
 * Labels that lead from one observation to more about it, such as a trace; shown in OpenMetrics and protobuf. Names and values
 * together have at most 128 characters.
 */
export type ExemplarLabels = Readonly<Record<string, LabelValue>>;

interface CounterChild {
  inc(value?: number, exemplar?: ExemplarLabels): void;
  setTotal(total: number): void;
}

/** A value that only goes up. */
export interface Counter<L extends LabelShape = never> extends Labelled<L, 'counter', CounterChild> {
  /** Counts something that happened; `value` is 1 by default and never negative. */
  inc(...update: LabelArgs<L, [value?: number, exemplar?: ExemplarLabels]>): void;
  /** Mirrors a total that somebody else counts. One counter is either counted or mirrored. */
  setTotal(...update: LabelArgs<L, [total: number]>): void;
}

/** A foreign histogram: cumulative counts by upper bound, without `+Inf`, which is `count`. */
export interface HistogramTotals {
  readonly buckets: Readonly<Record<number, number>> | ReadonlyMap<number, number>;
  readonly sum: number;
  readonly count: number;
}

interface HistogramChild {
  observe(value: number, exemplar?: ExemplarLabels): void;
  startTimer(): () => number;
  setBuckets(totals: HistogramTotals): void;
}

/** A distribution, counted in buckets. */
export interface Histogram<L extends LabelShape = never> extends Labelled<L, 'histogram', HistogramChild> {
  observe(...update: LabelArgs<L, [value: number, exemplar?: ExemplarLabels]>): void;
  /** Returns a function that observes the seconds since now, and returns them. */
  startTimer(...update: LabelArgs<L, []>): () => number;
  /** Mirrors a histogram that somebody else counts. One histogram is either observed or mirrored. */
  setBuckets(...update: LabelArgs<L, [totals: HistogramTotals]>): void;
  /** Makes the series with these labels start at 0. */
  zero(...update: LabelArgs<L, []>): void;
}

interface SummaryChild {
  observe(value: number): void;
  startTimer(): () => number;
}

/** A distribution, as percentiles. */
export interface Summary<L extends LabelShape = never> extends Labelled<L, 'summary', SummaryChild> {
  observe(...update: LabelArgs<L, [value: number]>): void;
  /** Returns a function that observes the seconds since now, and returns them. */
  startTimer(...update: LabelArgs<L, []>): () => number;
}

/** Facts about something, as labels of a series whose value is 1. */
export interface Info<L extends LabelShape> extends Omit<Labelled<L, 'info', never>, 'labels'> {
  /** Adds the series with these labels; `reset` or `remove` takes series away. */
  info(labels: LabelsOf<L>): void;
}

/** One of several states (OpenMetrics: state set): a series a state, 1 for the one that holds and 0 for the others. */
export interface Enum<States extends string, L extends LabelShape = never> extends Omit<Labelled<L, 'enum', never, States>, 'labels'> {
  readonly states: readonly States[];
  state(...update: LabelArgs<L, [state: States]>): void;
}

/** The leading `labels` of an update whose labels the compiler does not know. */
type AnyUpdate<Rest extends unknown[]> = Rest | [labels: AnyLabels, ...rest: Rest];

/**
 * A metric as code sees it that knows neither its type nor its labels, such as one made from plain data. It has the update
 * methods of its own type only; to call another's is a TypeError.
 */
export interface AnyMetric {
  readonly name: string;
  readonly help: string;
  labels(...labels: [labels: AnyLabels] | LabelValue[]): unknown;
  remove(...labels: [labels: AnyLabels] | LabelValue[]): void;
  reset(): void;
  set(...update: AnyUpdate<[value: number]>): void;
  inc(...update: AnyUpdate<[value?: number, exemplar?: ExemplarLabels]>): void;
  dec(...update: AnyUpdate<[value?: number]>): void;
  setToCurrentTime(...update: AnyUpdate<[]>): void;
  startTimer(...update: AnyUpdate<[]>): () => number;
  setTotal(...update: AnyUpdate<[total: number]>): void;
  observe(...update: AnyUpdate<[value: number, exemplar?: ExemplarLabels]>): void;
  setBuckets(...update: AnyUpdate<[totals: HistogramTotals]>): void;
  info(labels: AnyLabels): void;
  state(...update: AnyUpdate<[state: string]>): void;
}
