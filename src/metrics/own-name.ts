import { isClassicName } from '../model/labels.js';
import type { MetricSpec } from '../model/spec.js';

/** The names for prom-client's constructors, which take no others than classic ones. */
export function promNames({ exportedName, labels }: Pick<MetricSpec, 'exportedName' | 'labels'>): {
  readonly name: string;
  readonly labelNames: readonly string[];
} {
  // The others are never read: what is written or looked up has our names.
  return { name: isClassicName(exportedName) ? exportedName : 'utf8', labelNames: labels.filter(isClassicName) };
}

/** Gives a metric its own name, where prom-client would have had none of it. */
export function setName(metric: { readonly name: string }, { exportedName }: Pick<MetricSpec, 'exportedName'>): void {
  if (metric.name !== exportedName)
    Object.defineProperty(metric, 'name', { value: exportedName, enumerable: true, configurable: true, writable: true });
}
