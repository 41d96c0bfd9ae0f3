import { type Fault, throwDeclarationFaults } from '../errors.js';
import { isReservedCommand } from './builtin-option.js';
import { Check, type Form } from './check.js';
import { checkCollectors, checkMetrics, checkOptions } from './check-duplicates.js';
import { createCollectorSpec } from './collector-spec.js';
import {
  type ExporterDeclaration,
  type HookKind,
  hookKinds,
  type MemberDeclaration,
  type MetricDeclaration,
  type OptionDeclaration,
} from './declaration.js';
import { createMetricSpec } from './metric-spec.js';
import { namePatterns } from './name.js';
import { suggest } from './nearest.js';
import { createOptionSpec } from './option-spec.js';
import type { ExporterSpec } from './spec.js';

const shape: Readonly<Record<keyof ExporterDeclaration, Form>> = {
  name: 'text',
  description: 'text',
  version: 'text',
  defaultPort: 'port',
  defaultMetricsPath: 'text',
  envPrefix: 'text',
  namespace: 'text',
  utf8Names: 'boolean',
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
  const { defaultMetricsPath = '/metrics', envPrefix = 'EXP', namespace, utf8Names = false, name } = declaration;
  const overridden = applyOverrides(members, declaration.override ?? {}, check);
  const at = ({ member }: { readonly member: string }): Check => check.at(`${className}.${member}`);
  const initialValues = instance as Readonly<Record<string, unknown>>;

  const options = ofKind(overridden, 'option').map((option) =>
    createOptionSpec({ ...option, initial: initialValues[option.member], designType: option.designType, envPrefix }, at(option)),
  );
  const metrics = ofKind(overridden, 'metric').map((metric) => createMetricSpec({ ...metric, namespace, utf8Names }, at(metric)));
  const collectors = ofKind(overridden, 'collector').map((collector) => createCollectorSpec(collector, at(collector)));
  const hooks = Object.fromEntries(
    hookKinds.map((kind) => [kind, ofKind(overridden, kind).map(({ member }) => member)]),
  ) as unknown as Record<HookKind, readonly string[]>;

  if (name === undefined) check.fault('INVALID_DECLARATION', 'name is missing', 'Give one, such as weather-exporter');
  else check.name(String(name), 'exporter name', namePatterns.exporter);
  if (declaration.command !== undefined) check.name(String(declaration.command), 'command', namePatterns.exporter);
  const command = String(declaration.command ?? name);
  if (isReservedCommand(command))
    check.fault('RESERVED_NAME', `the command ${command} is kept for a builtin one`, 'Choose another command');
  check.name(envPrefix, 'envPrefix', namePatterns.envPrefix);
  if (namespace !== undefined) check.name(namespace, 'namespace', namePatterns.namespace);
  check.name(defaultMetricsPath, 'defaultMetricsPath', namePatterns.metricsPath);
  if (declaration.description === undefined) {
    check.fault('INVALID_DECLARATION', 'description is missing', 'Say in a sentence what the exporter is for');
  }
  checkOptions(options, envPrefix, check);
  checkMetrics(metrics, { name: String(name), namespace }, check);
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
    utf8Names,
    command: declaration.command ?? name,
    options,
    metrics,
    collectors,
    hooks,
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
