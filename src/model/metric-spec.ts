import { type Check, type Form, quoteDeclared } from './check.js';
import { lintRules, metricTypes, type MetricDeclaration, type MetricType } from './declaration.js';
import { checkFirstSeries, readLabels } from './label-values.js';
import { nameOf } from './member-name.js';
import { hasHalfACharacter, namePatterns, quote, toSnakeCase, withoutSuffix, withPrefix, withSuffix, withUnderscores } from './name.js';
import { suggest } from './nearest.js';
import type { MetricSpec } from './spec.js';

const shape: Readonly<Record<keyof MetricDeclaration, Form>> = {
  type: 'text',
  help: 'text',
  labels: 'labels',
  name: 'text',
  unit: 'text',
  buckets: 'numbers',
  percentiles: 'numbers',
  maxAgeSeconds: 'positive',
  ageBuckets: 'count',
  states: 'texts',
  created: 'boolean',
  mirrored: 'boolean',
  stale: 'text',
  maxSeries: 'limit',
  allow: 'texts',
};

const staleRules: readonly unknown[] = ['drop', 'keep'];

/** Keys that only some metric types have. */
const keyOwners: Readonly<Record<string, readonly MetricType[]>> = {
  buckets: ['histogram'],
  percentiles: ['summary'],
  maxAgeSeconds: ['summary'],
  ageBuckets: ['summary'],
  states: ['enum'],
  created: ['counter', 'histogram', 'summary'],
  mirrored: ['counter', 'histogram'],
};

/** Label names that a metric type makes itself (OpenMetrics 1.0, Reserved Label Names). */
const ownLabels: ReadonlyMap<MetricType, string> = new Map([
  ['histogram', 'le'],
  ['summary', 'quantile'],
]);

/** What the exported name of a type ends in. */
const typeSuffixes: ReadonlyMap<MetricType, string> = new Map([
  ['counter', 'total'],
  ['info', 'info'],
]);

interface MetricMember {
  /** The field; undefined for a metric created at run time. */
  readonly member: string | undefined;
  readonly declaration: MetricDeclaration;
  readonly namespace: string | undefined;
  readonly utf8Names: boolean;
}

/** Makes the spec of a metric from what its author wrote, collecting what is wrong. */
export function createMetricSpec({ member, declaration, namespace, utf8Names }: MetricMember, check: Check): MetricSpec {
  if (!check.object(declaration)) {
    return createMetricSpec({ member, declaration: {} as MetricDeclaration, namespace, utf8Names }, check.silent());
  }
  const sound = check.shape(declaration, shape);
  if (declaration.help === undefined) check.fault('INVALID_DECLARATION', 'help is missing', 'Say in a sentence what the metric tells');
  const named = nameOf({ member, declaration, sound, convert: toSnakeCase }, check);
  const name = named ?? member ?? '';
  const spec: MetricSpec = {
    member,
    name,
    exportedName: exportedName(name, sound, namespace),
    // A missing or wrong one is told, so that no spec without a type is used.
    type: sound.type as MetricType,
    help: sound.help ?? '',
    unit: sound.unit,
    ...readLabels(sound.labels ?? [], check),
    buckets: sound.buckets,
    percentiles: sound.percentiles,
    maxAgeSeconds: sound.maxAgeSeconds,
    ageBuckets: sound.ageBuckets,
    states: sound.states,
    created: sound.created ?? false,
    mirrored: sound.mirrored ?? false,
    stale: sound.stale ?? 'drop',
    maxSeries: sound.maxSeries,
    allow: sound.allow ?? [],
  };
  const patterns = utf8Names ? { metric: namePatterns.utf8, label: namePatterns.utf8 } : namePatterns;
  if (named !== undefined) checkName(spec, patterns, check);
  checkType(spec, declaration, check);
  checkLabels(spec, patterns, check);
  const areLabelsToldWrong = declaration.labels !== undefined && sound.labels === undefined;
  if (!areLabelsToldWrong) checkFacts(spec, check);
  checkFirstSeries(spec, check);
  checkValues(spec, declaration, check);
  checkAllow(spec, check);
  return spec;
}

/** OpenMetrics' name of the family: the exported one without its type's suffix. */
export function familyName({ exportedName, type }: Pick<MetricSpec, 'exportedName' | 'type'>): string {
  const suffix = typeSuffixes.get(type);
  return suffix === undefined ? exportedName : withoutSuffix(exportedName, suffix);
}

function exportedName(name: string, { type, unit }: Partial<MetricDeclaration>, namespace: string | undefined): string {
  const suffix = type && typeSuffixes.get(type);
  const stem = suffix === undefined ? name : withoutSuffix(name, suffix);
  return withSuffix(withSuffix(withPrefix(stem, namespace), unit), suffix);
}

/** What names have to look like. */
type Patterns = Pick<typeof namePatterns, 'metric' | 'label'>;

function checkName(spec: MetricSpec, patterns: Patterns, check: Check): void {
  check.name(spec.exportedName, 'metric name', patterns.metric);
  if (spec.exportedName !== '' && familyName(spec) === '') {
    check.fault('INVALID_NAME', `metric name ${quote(spec.exportedName)} is the ending of type ${spec.type} only`, 'Put a name before it');
  }
}

/** In this and the checks below, what was declared tells whether something is there: a wrong one was told already. */
function checkType(spec: MetricSpec, declaration: MetricDeclaration, check: Check): void {
  if (!metricTypes.includes(spec.type)) {
    if (spec.type === undefined && declaration.type !== undefined) return;
    check.fault('UNKNOWN_TYPE', `unknown metric type ${quote(spec.type)}`, suggest(String(spec.type), metricTypes));
    return;
  }
  for (const [key, owners] of Object.entries(keyOwners)) {
    if (declaration[key as keyof MetricDeclaration] !== undefined && !owners.includes(spec.type)) {
      check.fault('INVALID_DECLARATION', `${key} is given for type ${spec.type}`, `Leave it out, or make the type ${owners.join(' or ')}`);
    }
  }
  if (spec.unit !== undefined && (spec.type === 'info' || spec.type === 'enum')) {
    check.fault('INVALID_DECLARATION', `unit is given for type ${spec.type}`, 'Leave it out: what is no quantity has no unit');
  }
  if (spec.unit !== undefined) check.name(spec.unit, 'unit', namePatterns.metric);
}

function checkLabels(spec: MetricSpec, patterns: Patterns, check: Check): void {
  const own = spec.type === 'enum' ? spec.exportedName : ownLabels.get(spec.type);
  const seen = new Map<string, string>();
  for (const label of spec.labels) {
    const { pattern, rule } = patterns.label;
    if (!pattern.test(label)) {
      check.fault('INVALID_LABEL', `label ${quote(label)} is not allowed`, rule);
      continue;
    }
    const escaped = withUnderscores(label);
    const twin = seen.get(escaped);
    if (own !== undefined && escaped === withUnderscores(own)) {
      check.fault('INVALID_LABEL', `label ${quote(label)} is ${spec.type}'s own`, 'Choose another name');
    }
    if (twin === label) check.fault('INVALID_LABEL', `label ${quote(label)} stands twice`, 'Name each label once');
    else if (twin !== undefined) {
      const what = `labels ${quote(twin)} and ${quote(label)} are one where names are escaped`;
      check.fault('INVALID_LABEL', what, 'Let them differ in more than special characters');
    }
    seen.set(escaped, label);
  }
}

function checkFacts({ type, labels }: MetricSpec, check: Check): void {
  if (type === 'info' && labels.length === 0) {
    check.fault('INVALID_DECLARATION', 'an info without labels says nothing', 'Add labels: the names of the facts');
  }
}

function checkValues(spec: MetricSpec, declaration: MetricDeclaration, check: Check): void {
  const { type, buckets, percentiles, states, created, mirrored, stale } = spec;
  const ascending = (values: readonly number[]): boolean =>
    values.every((value, index) => index === 0 || value > (values[index - 1] ?? value));
  if (buckets !== undefined && !(buckets.length > 0 && buckets.every(Number.isFinite) && ascending(buckets))) {
    check.fault(
      'INVALID_DECLARATION',
      `buckets are ${quoteDeclared(buckets)}`,
      'Give finite upper bounds in ascending order; +Inf is added',
    );
  }
  if (percentiles !== undefined && !(percentiles.every((value) => value > 0 && value < 1) && ascending(percentiles))) {
    check.fault('INVALID_DECLARATION', `percentiles are ${quoteDeclared(percentiles)}`, 'Give numbers between 0 and 1 in ascending order');
  }
  const isStates = states === undefined ? declaration.states !== undefined : states.length > 0 && new Set(states).size === states.length;
  if (type === 'enum' && !isStates) {
    check.fault('INVALID_DECLARATION', `states are ${quote(states)}`, 'Give at least one state, each once');
  }
  // States are label values: UTF-8 writes all halves alike.
  const half = states?.find(hasHalfACharacter);
  if (half !== undefined) check.fault('INVALID_DECLARATION', `state ${quote(half)} has half a character`, 'Give well-formed Unicode');
  if (created && mirrored) {
    check.fault('INVALID_DECLARATION', 'created is given with mirrored', 'Leave it out: when a total began is for its source to know');
  }
  if (!staleRules.includes(stale)) {
    check.fault('INVALID_DECLARATION', `stale is ${quote(stale)}`, 'Give drop or keep');
  }
  if (declaration.ageBuckets !== undefined && declaration.maxAgeSeconds === undefined) {
    check.fault('INVALID_DECLARATION', 'ageBuckets is given without maxAgeSeconds', 'Add maxAgeSeconds, or leave it out');
  }
}

function checkAllow({ allow }: MetricSpec, check: Check): void {
  for (const rule of allow) {
    if (!lintRules.includes(rule))
      check.fault('INVALID_DECLARATION', `allow names ${quote(rule)}, which is no rule`, suggest(rule, lintRules));
  }
}
