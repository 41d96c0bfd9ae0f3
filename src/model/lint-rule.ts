import type { LintRule } from './declaration.js';
import type { MetricSpec } from './spec.js';

/** A metric, with what its exported name is made of. */
export interface LintedMetric extends MetricSpec {
  readonly words: readonly string[];
}

/** Tells what a metric has against one convention, and how to mend it; nothing where it keeps to it. */
export type Lint = (metric: LintedMetric) => Iterable<readonly [what: string, mend: string]>;

/** Some of the conventions, by their names. */
export type LintRules = Readonly<Partial<Record<LintRule, Lint>>>;

/** Splits a name at whatever is no letter or digit, which in UTF-8 names may be anything. */
export function toWords(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{N}]/u);
}
