import type { LintRules } from './lint-rule.js';
import { quote } from './name.js';
import { baseUnitOf, wholeUnitOf } from './unit.js';

/** The conventions about names: promlint's, and those of Prometheus's guides "Writing exporters" and "Instrumentation". */
export const nameRules = {
  'abbreviated-unit': ({ words }) =>
    // A first word is a name, as in promlint.
    words.slice(1).flatMap((word) => {
      const whole = wholeUnitOf(word.toLowerCase());
      return whole === undefined ? [] : [[`${word} in its name is short for a unit`, `Use a base unit, written out: ${whole}`] as const];
    }),

  'base-unit': ({ words }) => {
    const unit = words.find((word) => baseUnitOf(word) !== undefined) ?? '';
    const base = baseUnitOf(unit) ?? unit;
    return base === unit ? [] : [[`its unit is ${unit}`, `Use the base unit, ${base}`]];
  },

  'camel-case': ({ exportedName, labels }) => [
    ...(isCamelCase(exportedName) ? [['its name is in camelCase', `Use snake_case: ${withoutCamels(exportedName)}`] as const] : []),
    ...labels
      .filter(isCamelCase)
      .map((label) => [`label ${quote(label)} is in camelCase`, `Use snake_case: ${withoutCamels(label)}`] as const),
  ],

  colon: ({ exportedName }) =>
    exportedName.includes(':') ? [['its name has a colon, which is for recording rules', 'Use another character']] : [],

  ratio: ({ words }) =>
    words
      .filter((word) => percents.includes(word.toLowerCase()))
      .map((word) => [`${word} in its name stands for hundredths`, 'Tell a ratio, from 0 to 1, and say ratio']),

  'reserved-name': ({ exportedName }) =>
    ownNames.includes(exportedName) ? [[`${exportedName} is a name that Prometheus itself uses`, 'Put a namespace before it']] : [],

  'reserved-prefix': ({ words: [prefix = '', ...others] }) =>
    ownPrefixes.includes(prefix) && others.length > 0
      ? [[`its name begins with ${prefix}_, which is kept for all programs alike`, 'Put a namespace before it']]
      : [],

  'reserved-suffix': ({ type, words }) => {
    const suffix = words.length > 1 ? (words.at(-1) ?? '') : '';
    const owners = suffixOwners.get(suffix);
    if (owners === undefined || owners.includes(type) || type === 'unknown') return [];
    return [[`its name ends in _${suffix}, which is for a ${owners.join(' or ')}`, 'Leave it out, or change the type']];
  },

  'time-since': ({ type, words }) =>
    type === 'gauge' && sincePattern.test(`_${words.join('_')}_`)
      ? [['it tells how long ago something was', 'Tell when it was: a Unix time, with a name that ends in _timestamp_seconds']]
      : [],

  'type-in-name': ({ words }) =>
    words
      .slice(1)
      .filter((word) => typeWords.includes(word.toLowerCase()))
      .map((word) => [`${word} in its name is a type`, 'Leave it out, since each metric tells its type']),
} satisfies LintRules;

const percents: readonly string[] = ['percent', 'percents', 'percentage', 'percentages', 'pct'];

const ownNames: readonly string[] = ['up', 'ALERTS', 'ALERTS_FOR_STATE'];
const ownPrefixes: readonly string[] = ['process', 'scrape'];

const suffixOwners: ReadonlyMap<string, readonly string[]> = new Map([
  ['total', ['counter']],
  ['bucket', ['histogram']],
  ['count', ['histogram', 'summary']],
  ['sum', ['histogram', 'summary']],
]);

/** An age that may not be passed is a setting, and no time since something. */
const sincePattern = /_ago_|_(?:time|seconds)_since_|(?<!_(?:max|maximum|min|minimum|limit))_age_seconds_$/;

const typeWords: readonly string[] = ['counter', 'gauge', 'histogram', 'summary'];

function isCamelCase(name: string): boolean {
  return /[a-z][A-Z]/.test(name);
}

function withoutCamels(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
