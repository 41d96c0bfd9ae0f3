import type { CollectorDeclaration, NamedMetricDeclaration } from '../model/declaration.js';
import type { MetricMap, Scrape, UpdateHandler } from '../model/hook.js';
import type { AnyMetric } from '../model/metric.js';
import type { DeclaredMetrics } from '../model/metric-by-declaration.js';
import type { CollectorSpec, ExporterSpec, MetricSpec } from '../model/spec.js';
import { createDynamicCollectorSpec, createDynamicMetricSpecs } from './dynamic-spec.js';

interface Makers {
  readonly spec: ExporterSpec;
  readonly createMetric: (spec: MetricSpec) => AnyMetric;
  /** Hears of new metrics before they are created; may throw. */
  readonly onMetrics: (specs: readonly MetricSpec[]) => void;
  readonly addCollector: (spec: CollectorSpec, handler: UpdateHandler) => void;
  readonly collectorSpecs: () => readonly CollectorSpec[];
}

/** What an exporter is given at run time, beside what its class declares. */
export class DynamicParts {
  readonly #makers: Makers;
  readonly #metricSpecs: MetricSpec[];
  #updateHandler: ((metrics: MetricMap, scrape: Scrape) => unknown) | undefined;

  constructor(makers: Makers) {
    this.#makers = makers;
    this.#metricSpecs = [...makers.spec.metrics];
  }

  createMetrics<const D extends readonly NamedMetricDeclaration[]>(declarations: D): DeclaredMetrics<D> {
    const { spec, onMetrics, createMetric } = this.#makers;
    const specs = createDynamicMetricSpecs(declarations, spec, this.#metricSpecs);
    onMetrics(specs);
    this.#metricSpecs.push(...specs);
    return Object.fromEntries(specs.map((one) => [one.name, createMetric(one)])) as DeclaredMetrics<D>;
  }

  addCollector(name: string, declaration: Omit<CollectorDeclaration, 'name'>, handler: UpdateHandler): void {
    const { addCollector, collectorSpecs } = this.#makers;
    addCollector(createDynamicCollectorSpec({ ...declaration, name }, handler, collectorSpecs()), handler);
  }

  /** A second one takes the place of the first. */
  setUpdateHandler(handler: (metrics: MetricMap, scrape: Scrape) => unknown): void {
    const { addCollector, collectorSpecs } = this.#makers;
    const spec = createDynamicCollectorSpec({ name: 'update_handler' }, handler, this.#updateHandler ? [] : collectorSpecs());
    if (!this.#updateHandler) addCollector(spec, (scrape) => this.#updateHandler?.(scrape.metrics, scrape));
    this.#updateHandler = handler;
  }
}
