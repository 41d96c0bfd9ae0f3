import { Check } from '../model/check.js';
import type { NamedMetricDeclaration } from '../model/declaration.js';
import type { LabelPairs } from '../model/labels.js';
import type { MetricByDeclaration } from '../model/metric-by-declaration.js';
import type { MetricFamily } from '../model/metric-family.js';
import { createMetricSpec } from '../model/metric-spec.js';
import { Counter } from './counter.js';
import { Gauge } from './gauge.js';
import { Info } from './info.js';

/** What `SelfMetrics` takes for each metric: exported under this very name. */
export type SelfMetricDeclaration = NamedMetricDeclaration & { readonly type: 'counter' | 'gauge' | 'info' };

const classes = { counter: Counter, gauge: Gauge, info: Info } as const;

type SelfMetric = InstanceType<(typeof classes)[keyof typeof classes]>;

/** The metrics about an exporter itself: told beside the author's, and neither in their registry nor in their map. */
export class SelfMetrics {
  readonly #metrics: SelfMetric[] = [];

  create<const D extends SelfMetricDeclaration>(declaration: D): MetricByDeclaration<D> {
    const { name } = declaration;
    // No author declares it, so that nothing can be wrong with it.
    const spec = createMetricSpec({ member: undefined, declaration, namespace: undefined, utf8Names: false }, new Check([], name));
    const metric = new classes[declaration.type](spec);
    this.#metrics.push(metric);
    // Has the methods of its own type only.
    return metric as unknown as MetricByDeclaration<D>;
  }

  /** Takes all of them, in the order of their creation. */
  take(defaults: LabelPairs): readonly MetricFamily[] {
    return this.#metrics.map((metric) => metric.takeFamily(defaults));
  }
}
