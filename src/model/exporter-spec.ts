import { type Fault, throwDeclarationFaults } from '../errors.js';
import { builtinOptions } from './builtin-option.js';
import { Check, type Form } from './check.js';
import { createCollectorSpec } from './collector-spec.js';
import {
  type ExporterDeclaration,
  type HookKind,
  hookKinds,
  type MemberDeclaration,
  type MetricDeclaration,
  metricTypes,
  type OptionDeclaration,
} from './declaration.js';
import { createMetricSpec, familyName } from './metric-spec.js';
import { namePatterns } from './name.js';
import { suggest } from './nearest.js';
import { createOptionSpec } from './option-spec.js';
import { takenNames } from './sample-name.js';
import type { CollectorSpec, ExporterSpec, MetricSpec, OptionSpec } from './spec.js';

const shape: Readonly<Record<keyof ExporterDeclaration, Form>> = {
  name: 'text',
  description: 'text',
  version: 'text',
  defaultPort: 'port',
  defaultMetricsPath: 'text',
  envPrefix: 'text',
  namespace: 'text',
  command: 'text',
  override: 'object',
};

/** What decorators or plain calls say of one exporter. */
export interface ExporterParts {
  readonly className: string;
  readonly declaration: ExporterDeclaration;
  /** Base classes first; a member that is declared again replaces its elder. */
  readonly members: readonly MemberDeclaration[];
  /** The author's object, which holds the defaults. */
  readonly instance: object;
  /** Mistakes found already, to be told with the others. */
  readonly faults?: readonly Fault[];
}

/**
 * Makes the frozen spec of an exporter.
 *
 * @throws DeclarationError with all mistakes at once.
 */
export function createExporterSpec({ className, declaration, members, instance, faults: earlier = [] }: ExporterParts): ExporterSpec {
  const faults: Fault[] = [...earlier];
  const check = new Check(faults, className);
  check.shape(declaration, shape);
  const { defaultMetricsPath = '/metrics', envPrefix = 'EXP', namespace, name } = declaration;
  const overridden = applyOverrides(members, declaration.override ?? {}, check);
  const at = ({ member }: { readonly member: string }): Check => check.at(`${className}.${member}`);
  const initialValues = instance as Readonly<Record<string, unknown>>;

  const options = ofKind(overridden, 'option').map((option) =>
    createOptionSpec({ ...option, initial: initialValues[option.member], designType: option.designType, envPrefix }, at(option)),
  );
  const metrics = ofKind(overridden, 'metric').map((metric) => createMetricSpec({ ...metric, namespace }, at(metric)));
  const collectors = ofKind(overridden, 'collector').map((collector) => createCollectorSpec(collector, at(collector)));
  const hooks = Object.fromEntries(
    hookKinds.map((kind) => [kind, ofKind(overridden, kind).map(({ member }) => member)]),
  ) as unknown as Record<HookKind, readonly string[]>;

  check.name(String(name), 'exporter name', namePatterns.exporter);
  check.name(String(declaration.command ?? name), 'command', namePatterns.exporter);
  check.name(envPrefix, 'envPrefix', namePatterns.variable);
  if (namespace !== undefined) check.name(namespace, 'namespace', namePatterns.metric);
  check.name(defaultMetricsPath, 'defaultMetricsPath', namePatterns.metricsPath);
  if (declaration.description === undefined) {
    check.fault('INVALID_DECLARATION', 'description is missing', 'Say in a sentence what the exporter is for');
  }
  checkOptions(options, builtinOptions({ envPrefix, defaultPort: 0, defaultMetricsPath }), check);
  checkMetrics(metrics, check);
  checkCollectors(collectors, check);
  throwDeclarationFaults(faults);

  return deepFreeze({
    className,
    name,
    description: declaration.description,
    version: declaration.version,
    defaultPort: declaration.defaultPort ?? 9090,
    defaultMetricsPath,
    envPrefix,
    namespace,
    command: declaration.command ?? name,
    options,
    metrics,
    collectors,
    hooks,
  });
}

/** Finds names that two options would share, the variables of builtin ones included. */
function checkOptions(options: readonly OptionSpec[], builtins: readonly OptionSpec[], check: Check): void {
  const at = (option: OptionSpec): Check => check.at(`${check.where}.${option.member}`);
  const seen = new Map<string, OptionSpec>();
  for (const option of options) {
    // An option that has a builtin's name was told so already.
    const builtin = builtins.find(({ env, name }) => env === option.env && name !== option.name);
    if (builtin) at(option).fault('RESERVED_NAME', `${builtin.env} is the variable of --${builtin.name}`, 'Choose another variable');
  }
  for (const option of options) {
    const spellings = [
      ...(option.positional ? [option.name] : [`--${option.name}`, ...(option.type === 'boolean' ? [`--no-${option.name}`] : [])]),
      ...(option.short === undefined ? [] : [`-${option.short}`]),
      ...(option.env === undefined ? [] : [option.env]),
      ...(option.env !== undefined && option.secret ? [`${option.env}_FILE`] : []),
    ];
    for (const spelling of spellings) {
      const other = seen.get(spelling);
      if (other && other !== option) at(option).fault('DUPLICATE_NAME', `${spelling} belongs to ${other.member} too`, 'Rename one of them');
      seen.set(spelling, option);
    }
  }
  const positional = options.filter((option) => option.positional);
  positional.forEach((option, index) => {
    const next = positional[index + 1];
    if (!next) return;
    const fault = (what: string, mend: string): void => at(option).fault('INVALID_DECLARATION', what, mend);
    if (option.multiple) fault('is a positional list but not the last positional', 'Declare it last');
    else if (!option.required && next.required)
      fault(`is optional but ${next.member} after it is required`, 'Declare the required one first');
  });
}

/** Finds names that two metrics would take, in whatever format. */
export function checkMetrics(metrics: readonly MetricSpec[], check: Check, existing: readonly MetricSpec[] = []): void {
  const seen = new Map<string, MetricSpec>();
  const declared = new Map<string, MetricSpec>();
  for (const metric of [...existing, ...metrics]) {
    const at = metric.member === undefined ? check.at(`${check.where}: ${metric.name}`) : check.at(`${check.where}.${metric.member}`);
    // An unknown type is told elsewhere.
    const names = metricTypes.includes(metric.type) ? takenNames({ name: familyName(metric), type: metric.type }) : [];
    const clash = names.find((name) => seen.has(name));
    const other = clash === undefined ? declared.get(metric.name) : seen.get(clash);
    if (other) {
      at.fault('DUPLICATE_NAME', `${clash ?? metric.name} belongs to ${other.member ?? other.name} too`, 'Rename one of them');
    }
    for (const name of names) seen.set(name, metric);
    declared.set(metric.name, metric);
  }
}

export function checkCollectors(collectors: readonly CollectorSpec[], check: Check): void {
  collectors.forEach(({ name, member }, index) => {
    const other = collectors.find((candidate) => candidate.name === name);
    if (other === collectors[index]) return;
    const at = member === undefined ? check : check.at(`${check.where}.${member}`);
    at.fault('DUPLICATE_NAME', `collector ${name} is there already`, 'Give one of them another name');
  });
}

function ofKind<K extends MemberDeclaration['kind']>(members: readonly MemberDeclaration[], kind: K) {
  return members.filter((member): member is Extract<MemberDeclaration, { readonly kind: K }> => member.kind === kind);
}

function applyOverrides(
  members: readonly MemberDeclaration[],
  override: Readonly<Record<string, Partial<OptionDeclaration> | Partial<MetricDeclaration>>>,
  check: Check,
): readonly MemberDeclaration[] {
  const changeable = members.filter(({ kind }) => kind === 'option' || kind === 'metric').map(({ member }) => member);
  for (const member of Object.keys(override)) {
    if (changeable.includes(member)) continue;
    check.fault('UNKNOWN_MEMBER', `override names ${member}, which is no option or metric`, suggest(member, changeable));
  }
  return members.map((member) =>
    member.kind === 'option' || member.kind === 'metric'
      ? ({ ...member, declaration: { ...member.declaration, ...override[member.member] } } as MemberDeclaration)
      : member,
  );
}

/** Freezes plain objects and lists all the way down; schemas, defaults' own objects and functions stay the author's. */
function deepFreeze<T>(value: T): T {
  const isPlain =
    Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain || Object.isFrozen(value)) return value;
  for (const [key, inner] of Object.entries(value as object)) if (key !== 'schema' && key !== 'default') deepFreeze(inner);
  return Object.freeze(value);
}
