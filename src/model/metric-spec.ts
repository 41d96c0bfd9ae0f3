import type { Check, Form } from './check.js';
import { metricTypes, type MetricDeclaration, type MetricType } from './declaration.js';
import { namePatterns, quote, toSnakeCase, withoutSuffix, withPrefix, withSuffix } from './name.js';
import { suggest } from './nearest.js';
import type { MetricSpec } from './spec.js';

const shape: Readonly<Record<keyof MetricDeclaration, Form>> = {
  type: 'text',
  help: 'text',
  labels: 'texts',
  name: 'text',
  unit: 'text',
  buckets: 'numbers',
  percentiles: 'numbers',
  maxAgeSeconds: 'positive',
  ageBuckets: 'positive',
  states: 'texts',
};

/** Keys that only one metric type has. */
const keyOwners: Readonly<Record<string, MetricType>> = {
  buckets: 'histogram',
  percentiles: 'summary',
  maxAgeSeconds: 'summary',
  ageBuckets: 'summary',
  states: 'enum',
};

/** Label names that a metric type makes itself (OpenMetrics 1.0, Reserved Label Names). */
const ownLabels: Readonly<Partial<Record<MetricType, string>>> = { histogram: 'le', summary: 'quantile' };

/** What the exported name of a type ends in. */
const typeSuffixes: Readonly<Partial<Record<MetricType, string>>> = { counter: 'total', info: 'info' };

interface MetricMember {
  /** The field; undefined for a metric created at run time. */
  readonly member: string | undefined;
  readonly declaration: MetricDeclaration;
  readonly namespace: string | undefined;
}

/** Makes the spec of a metric from what its author wrote, collecting what is wrong. */
export function createMetricSpec({ member, declaration, namespace }: MetricMember, check: Check): MetricSpec {
  check.shape(declaration, shape);
  const { type, help, labels = [] } = declaration;
  if (help === undefined) check.fault('INVALID_DECLARATION', 'help is missing', 'Say in a sentence what the metric tells');
  const name = String(declaration.name ?? toSnakeCase(member ?? ''));
  const spec: MetricSpec = {
    member,
    name,
    exportedName: exportedName(name, declaration, namespace),
    type,
    help,
    unit: declaration.unit,
    labels,
    buckets: declaration.buckets,
    percentiles: declaration.percentiles,
    maxAgeSeconds: declaration.maxAgeSeconds,
    ageBuckets: declaration.ageBuckets,
    states: declaration.states,
  };
  check.name(spec.exportedName, 'metric name', namePatterns.metric);
  checkType(spec, check);
  checkLabels(spec, check);
  checkValues(spec, check);
  return spec;
}

/** OpenMetrics' name of the family: the exported one without its type's suffix. */
export function familyName({ exportedName, type }: Pick<MetricSpec, 'exportedName' | 'type'>): string {
  const suffix = typeSuffixes[type];
  return suffix === undefined ? exportedName : withoutSuffix(exportedName, suffix);
}

function exportedName(name: string, { type, unit }: MetricDeclaration, namespace: string | undefined): string {
  const suffix = typeSuffixes[type];
  const stem = suffix === undefined ? name : withoutSuffix(name, suffix);
  return withSuffix(withSuffix(withPrefix(stem, namespace), unit), suffix);
}

function checkType(spec: MetricSpec, check: Check): void {
  if (!metricTypes.includes(spec.type)) {
    check.fault('UNKNOWN_TYPE', `unknown metric type ${quote(spec.type)}`, suggest(String(spec.type), metricTypes));
    return;
  }
  for (const [key, owner] of Object.entries(keyOwners)) {
    if (spec[key as keyof MetricSpec] !== undefined && spec.type !== owner) {
      check.fault('INVALID_DECLARATION', `${key} is given for type ${spec.type}`, `Leave it out, or make the type ${owner}`);
    }
  }
  if (spec.unit !== undefined && (spec.type === 'info' || spec.type === 'enum')) {
    check.fault('INVALID_DECLARATION', `unit is given for type ${spec.type}`, 'Leave it out: what is no quantity has no unit');
  }
  if (spec.unit !== undefined) check.name(spec.unit, 'unit', namePatterns.metric);
}

function checkLabels(spec: MetricSpec, check: Check): void {
  if (!Array.isArray(spec.labels)) return;
  const own = spec.type === 'enum' ? spec.exportedName : ownLabels[spec.type];
  spec.labels.forEach((label: unknown, index) => {
    if (typeof label !== 'string') return;
    const { pattern, rule } = namePatterns.label;
    if (!pattern.test(label)) check.fault('INVALID_LABEL', `label ${quote(label)} is not allowed`, rule);
    if (label === own) check.fault('INVALID_LABEL', `label ${quote(label)} is ${spec.type}'s own`, 'Choose another name');
    if (spec.labels.indexOf(label) < index) check.fault('INVALID_LABEL', `label ${quote(label)} stands twice`, 'Name each label once');
  });
  if (spec.type === 'info' && spec.labels.length === 0) {
    check.fault('INVALID_DECLARATION', 'an info without labels says nothing', 'Add labels: the names of the facts');
  }
}

function checkValues({ type, buckets, percentiles, states, ageBuckets, maxAgeSeconds }: MetricSpec, check: Check): void {
  const ascending = (values: readonly number[]): boolean =>
    values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
  if (Array.isArray(buckets) && !(buckets.length > 0 && buckets.every(Number.isFinite) && ascending(buckets))) {
    check.fault('INVALID_DECLARATION', `buckets are ${quote(buckets)}`, 'Give finite upper bounds in ascending order; +Inf is added');
  }
  if (Array.isArray(percentiles) && !(percentiles.every((value) => value > 0 && value < 1) && ascending(percentiles))) {
    check.fault('INVALID_DECLARATION', `percentiles are ${quote(percentiles)}`, 'Give numbers between 0 and 1 in ascending order');
  }
  if (type === 'enum' && (states === undefined || states.length === 0 || new Set(states).size < states.length)) {
    check.fault('INVALID_DECLARATION', `states are ${quote(states)}`, 'Give at least one state, each once');
  }
  if (ageBuckets !== undefined && maxAgeSeconds === undefined) {
    check.fault('INVALID_DECLARATION', 'ageBuckets is given without maxAgeSeconds', 'Add maxAgeSeconds, or leave it out');
  }
}
