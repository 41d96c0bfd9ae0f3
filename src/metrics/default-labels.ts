import type { LabelPairs, MetricFamily } from '../model/metric-family.js';

/** Adds the labels that a series does not have itself. */
export function addLabels(labels: LabelPairs, defaults: LabelPairs): LabelPairs {
  const missing = defaults.filter(([name]) => !labels.some(([own]) => own === name));
  return missing.length === 0 ? labels : [...labels, ...missing];
}

/** Adds the registry's default labels to all series of a family of ours. */
export function addDefaultLabels(family: MetricFamily, defaults: LabelPairs): MetricFamily {
  if (defaults.length === 0) return family;
  // A state set has a label of its own, which has the family's name.
  const fitting = family.type === 'enum' ? defaults.filter(([name]) => name !== family.name) : defaults;
  const series = family.series.map((one) => ({ ...one, labels: addLabels(one.labels, fitting) }));
  // The map keeps what kind of series they are; the compiler does not follow that through the union.
  return { ...family, series } as MetricFamily;
}
