import { type LintRules, toWords } from './lint-rule.js';
import { quote } from './name.js';

/** The conventions about labels: promlint's, and those of Prometheus's guide "Writing exporters". */
export const labelRules = {
  'generic-label': ({ labels }) =>
    labels.includes('type') ? [['label "type" says little', 'Say what it is the type of, such as disk_type']] : [],

  'label-in-name': ({ words, labels }) =>
    labels
      .map((label) => ['by', ...toWords(label)].join('_'))
      .filter((part) => `_${words.join('_')}_`.includes(`_${part}_`))
      .map((part) => [`its name has a label in it: ${part}`, 'Leave it out, since a label may be aggregated away']),

  'outcome-label': ({ type, labels }) =>
    labels.flatMap((label) => {
      const part = type === 'counter' ? outcomes.get(label) : undefined;
      if (part === undefined) return [];
      return [[`label ${quote(label)} splits what was tried`, `Make two counters: one of all, and one of ${part}`] as const];
    }),

  'reserved-label': ({ type, labels }) =>
    labels.flatMap((label) => {
      // The owner's own is a mistake that is told with the others of the class.
      const owner = type === 'unknown' ? undefined : labelOwners.get(label);
      return owner === undefined ? [] : [[`label ${quote(label)} is for a ${owner}`, 'Choose another name'] as const];
    }),

  'target-label': ({ labels }) =>
    labels
      .filter((label) => targetLabels.includes(label))
      .map((label) => [
        `label ${quote(label)} is often one of the target`,
        'Choose another name, or allow it where the source itself uses the word',
      ]),
} satisfies LintRules;

const failures = ['success', 'successful', 'succeeded', 'failure', 'failed'];

/** What the other counter would count, by the label that stands in its place. */
const outcomes: ReadonlyMap<string, string> = new Map([
  ...failures.map((label) => [label, 'failures'] as const),
  ['hit', 'hits'],
  ['miss', 'hits'],
]);

const labelOwners: ReadonlyMap<string, string> = new Map([
  ['le', 'histogram'],
  ['quantile', 'summary'],
]);

/** The guide's, and the two that Prometheus gives to each target. */
const targetLabels: readonly string[] = [
  'region', 'zone', 'cluster', 'availability_zone', 'az', 'datacenter', 'dc', 'owner', 'customer', 'stage', 'service', 'environment', 'env',
  'job', 'instance',
]; // prettier-ignore
