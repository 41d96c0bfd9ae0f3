import type { MetricType } from './declaration.js';

/** What the names of a family's samples add to its own, the same in every format. */
const suffixes: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
  info: ['_info'],
  enum: [''],
  unknown: [''],
};

interface NamedFamily {
  /** OpenMetrics' family name. */
  readonly name: string;
  readonly type: MetricType;
}

/** The names that a family's samples have, whether it has any or not. */
export function sampleNames({ name, type }: NamedFamily): readonly string[] {
  return suffixes[type].map((suffix) => name + suffix);
}

/** All names that a family takes in any format: those of its samples, and its own. */
export function takenNames(family: NamedFamily): readonly string[] {
  return [...sampleNames(family), family.name];
}
