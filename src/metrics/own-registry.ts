import { ScrapeError } from '../errors.js';
import type { LabelPairs } from '../model/labels.js';
import { hasHalfACharacter, namePatterns, quote } from '../model/name.js';
import { wellFormedRule } from './check-labels.js';
import { describeValue } from './check-value.js';
import { Registry } from './prom-client.js';

type Registered = Parameters<Registry['registerMetric']>[0];

/**
 * prom-client's registry, which else tells its default labels to nobody and does not check them, and takes a metric
 * named `constructor` for one that is there already.
 */
export class OwnRegistry extends Registry {
  readonly #metrics = new Map<string, Registered>();
  #defaultLabels: LabelPairs = [];

  get defaultLabels(): LabelPairs {
    return this.#defaultLabels;
  }

  override setDefaultLabels(labels: object): void {
    this.#defaultLabels = Object.entries(labels).map(checkDefaultLabel);
    super.setDefaultLabels(Object.fromEntries(this.#defaultLabels));
  }

  override registerMetric(metric: Registered): void {
    // Its types hide it.
    const { name } = metric as unknown as { readonly name: string };
    const other = this.#metrics.get(name);
    if (other !== undefined && other !== metric) {
      throw new ScrapeError({ code: 'DUPLICATE_NAME', where: name, what: 'it has already been registered', mend: 'Rename one of them' });
    }
    this.#metrics.set(name, metric);
  }

  override getSingleMetric(name: string): Registered | undefined {
    return this.#metrics.get(name);
  }

  override getMetricsAsArray(): ReturnType<Registry['getMetricsAsArray']> {
    return [...this.#metrics.values()] as unknown as ReturnType<Registry['getMetricsAsArray']>;
  }

  override getSingleMetricAsString(name: string): Promise<string> {
    // Its types hide this one too.
    const { getMetricsAsString } = this as unknown as { readonly getMetricsAsString: (metric: unknown) => Promise<string> };
    return getMetricsAsString.call(this, this.#metrics.get(name));
  }

  override removeSingleMetric(name: string): void {
    this.#metrics.delete(name);
  }

  override resetMetrics(): void {
    for (const metric of this.#metrics.values()) metric.reset();
  }

  override clear(): void {
    super.clear();
    this.#metrics.clear();
    this.#defaultLabels = [];
  }
}

const reservedNames = ['le', 'quantile'];

function checkDefaultLabel([name, value]: readonly [string, unknown]): readonly [string, string] {
  const fault = (what: string, mend: string): ScrapeError =>
    new ScrapeError({ code: 'INVALID_LABELS', where: 'registry.setDefaultLabels', what, mend });
  const { pattern, rule } = namePatterns.label;
  if (!pattern.test(name)) throw fault(`label ${quote(name)} is not allowed`, rule);
  if (reservedNames.includes(name)) throw fault(`label ${quote(name)} is made by histograms and summaries`, 'Choose another name');
  if (typeof value === 'string' && hasHalfACharacter(value)) throw fault(`label ${quote(name)} has half a character`, wellFormedRule);
  if (typeof value === 'string' || typeof value === 'number') return [name, String(value)];
  throw fault(`label ${quote(name)} is ${describeValue(value)}`, 'Give a string or a number');
}
