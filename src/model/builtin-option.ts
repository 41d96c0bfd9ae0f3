import { logFormats, logLevels } from '../log.js';
import { namePatterns, toCamelCase, toVariable } from './name.js';
import type { CollectorSpec, ExporterSpec, OptionSpec } from './spec.js';
import { type Builtin, webOptions } from './web-option.js';

const builtins: readonly Builtin[] = [
  { name: 'host', short: 'H', description: 'host addresses to bind', multiple: true, parse: parseHost, default: ['localhost'] },
  { name: 'port', short: 'p', description: 'port to run the web server on (0 = any free)', type: 'integer', range: [0, 65_535] },
  { name: 'metrics-path', aliases: ['web.telemetry-path'], description: 'path under which metrics are exposed', parse: parseMetricsPath },
  { name: 'log-level', short: 'L', description: 'minimum level of log messages', choices: logLevels, ignoreCase: true, default: 'info' },
  { name: 'log-format', description: 'format of log messages', choices: logFormats, default: 'plain' },
  { name: 'process-stats', description: 'include process stats in metrics', type: 'boolean', default: false },
  { name: 'strict-metrics', description: 'refuse metrics that are against conventions', type: 'boolean', default: false },
  {
    name: 'scrape-timeout-offset',
    description: 'how much sooner to answer than Prometheus gives up',
    type: 'duration',
    default: 500,
  },
  {
    name: 'max-concurrent-scrapes',
    aliases: ['web.max-requests'],
    description: 'how many scrapes may run side by side; those that share the work count once (0 = any number)',
    type: 'integer',
    range: [0, 1_000_000],
    default: 40,
  },
  {
    name: 'max-concurrent-collectors',
    description: 'how many collectors may run side by side (0 = all)',
    type: 'integer',
    range: [0, 1_000_000],
    default: 0,
  },
  {
    name: 'max-series',
    description: 'how many series each metric may have (0 = any number)',
    type: 'integer',
    range: [0, 1_000_000_000],
    default: 0,
  },
  { name: 'shutdown-timeout', description: 'how long a stop waits for what is under way', type: 'duration', default: 10_000 },
  { name: 'ssl-private-key', description: 'PEM file with the private key of the server', type: 'path' },
  { name: 'ssl-public-key', description: 'PEM file with the certificate of the server', type: 'path' },
  { name: 'ssl-ca', description: 'PEM file; clients must present a certificate signed by it', type: 'path' },
];

const collectorPrefix = 'collector.';

/** The name of the option that turns a collector on and off, and the member that holds its value. */
export function collectorOption(collector: string): string {
  return collectorPrefix + collector;
}

export const disableDefaults = collectorOption('disable-defaults');

export function isCollectorOption(name: string): boolean {
  return name.startsWith(collectorPrefix);
}

/** What the options of named collectors look like. */
function collectorOptions(collectors: readonly CollectorSpec[]): readonly Builtin[] {
  const named = collectors.filter(({ isNamed }) => isNamed);
  if (named.length === 0) return [];
  const flags = named.map(({ name, enabled }) => ({
    name: collectorOption(name),
    description: `run the ${name} collector`,
    default: enabled,
  }));
  const isAnyUnnamed = named.length < collectors.length;
  const others = {
    name: disableDefaults,
    description: `run only collectors that are turned on by their own option${isAnyUnnamed ? ', and those that have none' : ''}`,
    default: false,
  };
  return [...flags, others].map((option) => ({ ...option, member: option.name, type: 'boolean' }));
}

/** The options that an exporter has beside the author's, in the order of the help. */
export function builtinOptions(
  exporter: Pick<ExporterSpec, 'envPrefix' | 'defaultPort' | 'defaultMetricsPath' | 'collectors'>,
): readonly OptionSpec[] {
  const defaults: Readonly<Record<string, unknown>> = { port: exporter.defaultPort, 'metrics-path': exporter.defaultMetricsPath };
  return [...builtins, ...webOptions, ...collectorOptions(exporter.collectors)].map((builtin) => ({
    member: toCamelCase(builtin.name),
    type: 'string',
    short: undefined,
    aliases: [],
    choices: undefined,
    required: false,
    secret: false,
    multiple: false,
    separator: undefined,
    positional: false,
    env: toVariable(exporter.envPrefix, builtin.name),
    default: defaults[builtin.name],
    range: undefined,
    ignoreCase: false,
    parse: undefined,
    schema: undefined,
    ...builtin,
  }));
}

/** All options of an exporter: the author's, then the builtin ones. */
export function allOptions(spec: ExporterSpec): readonly OptionSpec[] {
  return [...spec.options, ...builtinOptions(spec)];
}

// Those of later versions are reserved from the start, so that an update of this package breaks no exporter.
const laterPrefixes = ['web-', 'web.', 'collector.', 'no-collector.', 'collector-', 'log.'];

const builtinNames = [...builtins, ...webOptions].map(({ name }) => name).concat('version', 'help', 'dotenv', 'check-web-config');
const builtinShorts = [...builtins.flatMap(({ short }) => short ?? []), 'h', 'v'];

/** Says why an author's option may not have this name; undefined where it may. */
export function reservedOptionName(name: string): string | undefined {
  const bare = name.replace(/^no-/, '');
  if (builtinNames.includes(bare)) return `hides the builtin --${bare}`;
  const prefix = laterPrefixes.find((reserved) => name.startsWith(reserved));
  return prefix === undefined ? undefined : `begins with ${prefix}, which is kept for builtin options`;
}

/** Whether a variable is that of a builtin option of this or a later version. */
export function isReservedVariable(variable: string, envPrefix: string): boolean {
  const prefix = `${envPrefix}_`;
  if (!variable.startsWith(prefix)) return false;
  return reservedOptionName(variable.slice(prefix.length).toLowerCase().replaceAll('_', '-')) !== undefined;
}

const builtinCommands = ['help', 'version', 'check-web-config'];

export function isReservedCommand(command: string): boolean {
  return builtinCommands.includes(command);
}

export function isReservedShort(short: string): boolean {
  return builtinShorts.includes(short);
}

function parseHost(text: string): string {
  // Node would bind all addresses for it.
  if (text.trim() === '') throw new Error('is blank. Give a name or an address, such as 127.0.0.1');
  return text.trim();
}

function parseMetricsPath(text: string): string {
  const { pattern, rule } = namePatterns.metricsPath;
  if (!pattern.test(text)) throw new Error(`is no path. ${rule}`);
  return text;
}
