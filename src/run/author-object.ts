import type { AnyMetric } from '../model/metric.js';
import type { ExporterSpec, MetricSpec } from '../model/spec.js';

/** The object that an author's class made: its fields are filled, its methods called. */
export class AuthorObject<T extends object = object> {
  readonly instance: T;
  readonly #spec: ExporterSpec;

  constructor(instance: T, spec: ExporterSpec) {
    this.instance = instance;
    this.#spec = spec;
  }

  /** Puts the values of options and the metrics into their fields. */
  fill(values: Readonly<Record<string, unknown>>, createMetric: (spec: MetricSpec) => AnyMetric): void {
    const fields = this.instance as Record<string, unknown>;
    for (const { member } of this.#spec.options) fields[member] = Object.hasOwn(values, member) ? values[member] : undefined;
    for (const metric of this.#spec.metrics) {
      const created = createMetric(metric);
      if (metric.member !== undefined) fields[metric.member] = created;
    }
  }

  /** Calls a method, as it is now. */
  call(member: string | undefined, context: object): unknown {
    const method = member === undefined ? undefined : (this.instance as Readonly<Record<string, unknown>>)[member];
    return typeof method === 'function' ? (method as (context: object) => unknown).call(this.instance, context) : undefined;
  }
}
