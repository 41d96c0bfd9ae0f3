import type { NamedMetricDeclaration } from './declaration.js';
import type { AnyMetric, Counter, Enum, Gauge, Histogram, Info, LabelShape, LabelValue, Summary, Unknown } from './metric.js';

/** The label names that a declaration lists. */
export type DeclaredLabels<D> = D extends { readonly labels: infer L } ? NamesIn<L> : never;

type NamesIn<L> = L extends readonly (infer N extends string)[] ? N : keyof L & string;

/** The known values of the labels of a declaration, those of a label that takes any as LabelValue. */
export type DeclaredValues<D> = D extends { readonly labels: infer L }
  ? L extends readonly string[]
    ? { readonly [N in L[number]]: LabelValue }
    : { readonly [N in keyof L]: L[N] extends readonly (infer V extends string)[] ? V : LabelValue }
  : Record<never, never>;

/** The labels of a declaration as the type parameter of a metric. */
type DeclaredShape<D> = D extends { readonly labels: readonly (infer N extends string)[] }
  ? N
  : [DeclaredLabels<D>] extends [never]
    ? never
    : DeclaredValues<D>;

/** The states that a declaration lists. */
export type DeclaredStates<D> = D extends { readonly states: readonly (infer S extends string)[] } ? S : never;

/** Which metric class each metric type has. */
export interface MetricByType<L extends LabelShape, S extends string> {
  readonly counter: Counter<L>;
  readonly gauge: Gauge<L>;
  readonly histogram: Histogram<L>;
  readonly summary: Summary<L>;
  readonly info: Info<L>;
  readonly enum: Enum<S, L>;
  readonly unknown: Unknown<L>;
}

/** The metric that a declaration makes; AnyMetric where the declaration is plain data. */
export type MetricByDeclaration<D> = D extends { readonly type: infer K extends keyof MetricByType<never, never> }
  ? string extends DeclaredLabels<D>
    ? AnyMetric
    : MetricByType<DeclaredShape<D>, DeclaredStates<D>>[K]
  : never;

/** Metrics by declared name: known names where the declarations are literals, else entries that may be undefined. */
export type DeclaredMetrics<D extends readonly NamedMetricDeclaration[]> = string extends D[number]['name']
  ? Readonly<Record<string, AnyMetric | undefined>>
  : { readonly [E in D[number] as E['name']]: MetricByDeclaration<E> };
