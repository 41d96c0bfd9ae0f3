import { type LintRule, lintRules } from './declaration.js';
import { labelRules } from './lint-label.js';
import { nameRules } from './lint-name.js';
import { type LintRules, toWords } from './lint-rule.js';
import type { MetricSpec } from './spec.js';

/** What a metric has against a convention. */
export interface Finding {
  readonly rule: LintRule;
  /** What is unusual, without a full stop. */
  readonly what: string;
  /** How to mend it, without a full stop. */
  readonly mend: string;
}

const rules: Required<LintRules> = { ...nameRules, ...labelRules };

/**
 * Finds what a metric has against the conventions of Prometheus, but for what its author allows. There are none for what
 * cannot be declared, such as a counter without `_total`.
 */
export function lintMetric(spec: MetricSpec): readonly Finding[] {
  const metric = { ...spec, words: toWords(spec.exportedName) };
  return lintRules
    .filter((rule) => !spec.allow.includes(rule))
    .flatMap((rule) => Array.from(rules[rule](metric), ([what, mend]) => ({ rule, what, mend })));
}
