import { type Check, quoteDeclared } from './check.js';
import type { LabelDeclaration, MetricType } from './declaration.js';
import { hasHalfACharacter, quote } from './name.js';
import type { MetricSpec } from './spec.js';

/** Those that begin with all that is known of them. */
const startingTypes: readonly MetricType[] = ['counter', 'histogram', 'summary'];

/** So many series are made at once, and no more. */
const mostCombinations = 10_000;

const rule = 'Give a list of strings, or null for any';

/** Reads the names of labels and their known values, collecting what is wrong with these. */
export function readLabels(labels: LabelDeclaration, check: Check): Pick<MetricSpec, 'labels' | 'labelValues'> {
  if (isList(labels)) return { labels: [...labels], labelValues: undefined };
  const entries = Object.entries<unknown>(labels).map(([label, values]) => [label, readValues(label, values, check)] as const);
  const labelValues = entries.map(([, values]) => values);
  return { labels: entries.map(([label]) => label), labelValues: labelValues.some((values) => values) ? labelValues : undefined };
}

type FirstSeriesSpec = Pick<MetricSpec, 'type' | 'labels' | 'labelValues' | 'mirrored'>;

/** How many series a metric begins with: all combinations where the values of all labels are known, 1 where there are none. */
export function countFirstSeries({ type, labels, labelValues, mirrored }: FirstSeriesSpec): number {
  if (!startingTypes.includes(type) || mirrored) return 0;
  return labels.reduce((count, _label, index) => count * (labelValues?.[index]?.length ?? 0), 1);
}

/** Finds metrics that would begin with too many series. */
export function checkFirstSeries(spec: MetricSpec, check: Check): void {
  const count = countFirstSeries(spec);
  const what = `starts with ${count} series, one for each combination of known label values`;
  const { maxSeries = 0 } = spec;
  if (count > mostCombinations) {
    check.fault('INVALID_DECLARATION', what, `Give null for the values of a label, so that there are at most ${mostCombinations}`);
  } else if (maxSeries > 0 && count > maxSeries) {
    check.fault('INVALID_DECLARATION', `${what}, but maxSeries is ${maxSeries}`, 'Raise it, or give null for the values of a label');
  }
}

function isList(labels: LabelDeclaration): labels is readonly string[] {
  return Array.isArray(labels);
}

function readValues(label: string, values: unknown, check: Check): readonly string[] | undefined {
  const fault = (what: string, mend: string): void => check.fault('INVALID_LABEL', `label ${quote(label)} ${what}`, mend);
  if (values === null) return undefined;
  // Copied, which fills gaps as well.
  const list: readonly unknown[] = Array.isArray(values) ? Array.from<unknown>(values) : [];
  if (!Array.isArray(values)) fault(`has the known values ${quoteDeclared(values)}`, rule);
  else if (list.length === 0) fault('has no known values', 'Give one at least, or null for any');
  const texts: string[] = [];
  const seen = new Set<unknown>();
  for (const value of list) {
    if (typeof value !== 'string') fault(`has the known value ${quote(value)}`, rule);
    else if (seen.has(value)) fault(`has the known value ${quote(value)} twice`, 'Give each once');
    else if (hasHalfACharacter(value)) fault(`has the known value ${quote(value)}, with half a character`, 'Give well-formed Unicode');
    else texts.push(value);
    seen.add(value);
  }
  return texts;
}
