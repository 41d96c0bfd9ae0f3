import type { NamedMetricDeclaration } from './declaration.js';
import type { AnyMetric, Counter, Enum, Gauge, Histogram, Info, Summary, Unknown } from './metric.js';

/** The label names that a declaration lists. */
export type DeclaredLabels<D> = D extends { readonly labels: readonly (infer L extends string)[] } ? L : never;

/** The states that a declaration lists. */
export type DeclaredStates<D> = D extends { readonly states: readonly (infer S extends string)[] } ? S : never;

/** Which metric class each metric type has. */
export interface MetricByType<L extends string, S extends string> {
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
    : MetricByType<DeclaredLabels<D>, DeclaredStates<D>>[K]
  : never;

/** Metrics by declared name: known names where the declarations are literals, else entries that may be undefined. */
export type DeclaredMetrics<D extends readonly NamedMetricDeclaration[]> = string extends D[number]['name']
  ? Readonly<Record<string, AnyMetric | undefined>>
  : { readonly [E in D[number] as E['name']]: MetricByDeclaration<E> };
