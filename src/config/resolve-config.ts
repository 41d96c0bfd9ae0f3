import { ConfigError } from '../errors.js';
import { builtinOptions } from '../model/builtin-option.js';
import type { ExporterSpec, OptionSpec } from '../model/spec.js';
import { checkConflicts } from './conflict.js';
import { copyDefault } from './default-value.js';
import type { Found } from './found.js';
import { assignGiven } from './given.js';
import { checkKeyPair } from './key-pair.js';
import { loadDotenv } from './load-dotenv.js';
import { checkValue, parseText } from './parse-value.js';
import { type Remark, remarkServiceLinks, remarkUnread } from './remark.js';
import { type ServerConfig, toServerConfig } from './server-config.js';
import { findServiceLinks } from './service-link.js';
import { findSystemdSockets, type SystemdSocket } from './systemd-socket.js';
import { findVariable, type VariableSource, variablesOf } from './variable.js';

/** Where the values of options come from, beside their defaults. */
export interface ConfigSources {
  /** By option name or member: texts as on a command line, or values already typed. Undefined counts as not given. */
  readonly given: Readonly<Record<string, unknown>>;
  /** How a given option is spoken of: `--port`, `CITY`, `options.port`. */
  readonly givenWhere: (option: OptionSpec) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `search`: the file that `<PREFIX>_DOTENV` names, else `.env`. `named`: only the former. */
  readonly dotenv: 'search' | 'named';
  /** Variables with the prefix that belong to somebody else, such as another exporter of the same binary. */
  readonly foreignVariables?: readonly string[];
  /** What relative paths start from. Default: the working directory. */
  readonly cwd?: string;
}

/** What the operator chose. */
export interface Config {
  readonly server: ServerConfig;
  /** The author's options by member; those without any value are absent. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the value of a builtin option comes from, by its name; undefined for a default. */
  readonly whereOf: (name: string) => string | undefined;
  /** Those to listen on; empty where the operator did not ask for them. */
  readonly systemdSockets: readonly SystemdSocket[];
  /** To be logged as soon as there is a logger. */
  readonly remarks: readonly Remark[];
}

/**
 * Finds the value of every option: given, else in the environment, else in the dotenv file, else the default.
 *
 * @throws ConfigError for the first mistake; DeclarationError for a schema that is asynchronous.
 */
export function resolveConfig(spec: ExporterSpec, sources: ConfigSources): Config {
  const builtin = builtinOptions(spec);
  const options = [...spec.options, ...builtin];
  const given = assignGiven(sources.given, options);
  const prefix = `${spec.envPrefix}_`;
  const dotenvVariable = `${prefix}DOTENV`;
  const links = findServiceLinks(sources.env);
  const variables = variableSources(sources, links, dotenvVariable);

  const finder: Finder = { className: spec.className, sources, given, variables };
  const found = new Map(options.map((option) => [option, findValue(option, finder)]));
  checkKeyPair(builtin, found, sources.givenWhere);
  checkConflicts(builtin, found);

  const server = toServerConfig(valuesOf(builtin, found));
  const whereOf = (name: string): string | undefined => [...found].find(([option]) => option.name === name)?.[1].where;
  const read = options.flatMap(variablesOf);
  const isOwn = (variable: string): boolean => variable.startsWith(prefix) || read.includes(variable);
  const unread = remarkUnread(variables, { prefix, known: [...read, dotenvVariable, ...(sources.foreignVariables ?? [])], links });
  return {
    server,
    values: Object.fromEntries(valuesOf(spec.options, found)),
    whereOf,
    systemdSockets: server.webSystemdSocket ? socketsOf(sources.env, whereOf) : [],
    remarks: [...remarkServiceLinks(links, isOwn), ...unread],
  };
}

function socketsOf(env: ConfigSources['env'], whereOf: Config['whereOf']): readonly SystemdSocket[] {
  const option = 'web-systemd-socket';
  return findSystemdSockets({ env, where: whereOf(option) ?? `--${option}`, pid: process.pid });
}

interface Finder {
  readonly className: string;
  readonly sources: ConfigSources;
  readonly given: ReadonlyMap<OptionSpec, unknown>;
  /** The first that has a value wins. */
  readonly variables: readonly VariableSource[];
}

function variableSources(
  { env, dotenv: mode, cwd }: ConfigSources,
  links: ReadonlySet<string>,
  variable: string,
): readonly VariableSource[] {
  const settings = Object.fromEntries(Object.entries(env).filter(([name]) => !links.has(name)));
  const environment = { values: settings, whereOf: (name: string) => name };
  const dotenv = loadDotenv({ mode, variable, env, cwd });
  return dotenv ? [environment, { values: dotenv.values, whereOf: (name) => `${name} in ${dotenv.name}` }] : [environment];
}

function findValue(option: OptionSpec, { className, sources, given, variables }: Finder): Found {
  const { cwd } = sources;
  if (given.has(option)) {
    const place = { className, option, where: sources.givenWhere(option), cwd };
    const take = (one: unknown): unknown => (typeof one === 'string' ? parseText(one, place) : checkValue(one, place));
    const value = given.get(option);
    if (option.required && Array.isArray(value) && value.length === 0) throw missing(option, place.where);
    return { value: option.multiple ? [value].flat().map(take) : take(value), where: place.where };
  }
  for (const source of variables) {
    const variable = findVariable(option, source, cwd);
    if (variable === undefined) continue;
    const place = { className, option, where: variable.where, cwd };
    const values = variable.texts.map((text) => parseText(text, place));
    return { value: option.multiple ? values : values[0], where: variable.where };
  }
  if (option.required) throw missing(option, sources.givenWhere(option));
  return { value: copyDefault(option.default), where: undefined };
}

function missing({ env }: OptionSpec, where: string): ConfigError {
  const mend = env === undefined ? 'Give it' : `Give it, or set ${env}`;
  return new ConfigError({ code: 'MISSING_OPTION', where, what: 'is missing', mend });
}

function valuesOf(options: readonly OptionSpec[], found: ReadonlyMap<OptionSpec, Found>): ReadonlyMap<string, unknown> {
  return new Map(
    options.flatMap((option) => {
      const value = found.get(option)?.value;
      return value === undefined ? [] : [[option.member, value] as const];
    }),
  );
}
