import { type BaseContext, Command, type CommandClass, Option, UsageError } from 'clipanion';
import type { ConfigError } from '../errors.js';
import { allOptions } from '../model/builtin-option.js';
import type { ExporterSpec, OptionSpec } from '../model/spec.js';
import { describeOption } from './describe-option.js';
import { messageForOperator } from './mistake.js';
import { isFlag } from './program.js';
import { checkWebConfigName, negated } from './vocabulary.js';

export type { CommandClass };

/**
 * Runs an exporter with the options that were given, by name, or checks web configuration files where there are any;
 * resolves to the exit code.
 */
export type Execute = (given: Record<string, unknown>, context: BaseContext, checks: readonly string[]) => Promise<number>;

/** Creates a clipanion command class of an exporter, which fits any `Cli`. Values are texts, unchecked, without defaults. */
export function createCommand(spec: ExporterSpec, paths: string[][], execute: Execute): CommandClass {
  return class extends Command {
    static override paths = paths;
    static override usage = Command.Usage({
      description: spec.description,
      details: 'Every option can also be set by its variable, in the environment or in a dotenv file.',
    });

    constructor() {
      super();
      // clipanion looks for options among the own keys of an instance.
      Object.assign(this, declareOptions(allOptions(spec)), { [checkKey]: declareCheck() });
    }

    override execute(): Promise<number> {
      const checks = (this as unknown as Readonly<Record<string, unknown>>)[checkKey] as readonly string[] | undefined;
      return execute(readGiven(this, spec), this.context, checks ?? []);
    }
  };
}

/** Tells the options that were given to a command, by name. */
export function readGiven(command: Command, spec: ExporterSpec): Record<string, unknown> {
  const values = command as unknown as Readonly<Record<string, unknown>>;
  const given = allOptions(spec).map((option) => [option.name, values[keyOf(option)]] as const);
  // A list of arguments that is empty was not given.
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}

/** Turns an operator's mistake into the error that clipanion prints without a stack. */
export function toUsageError(error: ConfigError): UsageError {
  return Object.assign(new UsageError(messageForOperator(error)), { cause: error });
}

/** Instances own the names help, path, cli, context, tokens, execute and catch; none begins with a hyphen. */
function keyOf({ name }: OptionSpec): string {
  return `--${name}`;
}

function declareOptions(options: readonly OptionSpec[]): Readonly<Record<string, unknown>> {
  const hasList = options.some(({ multiple, positional }) => multiple && positional);
  return Object.fromEntries(options.map((option) => [keyOf(option), declareOption(option, hasList)]));
}

const checkKey = `--${checkWebConfigName}`;

function declareCheck(): unknown {
  return Option.Array(checkKey, { description: 'check a web configuration file and exit' });
}

/** None is required and none has a default here: that is for the config room, which knows the other sources too. */
function declareOption(option: OptionSpec, hasList: boolean): unknown {
  if (option.positional) return declarePositional(option, hasList);
  const long = [option.name, ...option.aliases].map((name) => `--${name}`);
  const names = [...(option.short === undefined ? [] : [`-${option.short}`]), ...long].join(',');
  const description = describeOption(option);
  if (isFlag(option)) return declareFlag(option, names, description);
  return option.multiple ? Option.Array(names, { description }) : Option.String(names, { description });
}

function declarePositional(option: OptionSpec, hasList: boolean): unknown {
  const name = option.name.toUpperCase();
  if (option.multiple) return Option.Rest({ name });
  if (!hasList) return Option.String({ name, required: false });
  // clipanion allows no optional argument before a list: the list takes all, and this the first of them.
  return Option.makeCommandOption<string | undefined>({
    definition: () => {},
    transformer: (_builder, _key, { positionals }) => positionals.shift()?.value,
  });
}

/** clipanion negates each flag but those whose names begin with `no-`. */
function declareFlag(option: OptionSpec, names: string, description: string): unknown {
  if (!option.name.startsWith('no-')) return Option.Boolean(names, { description });
  const off = negated(option);
  const spellings = names.split(',');
  return Option.makeCommandOption<boolean | undefined>({
    definition: (builder) => {
      builder.addOption({ names: spellings, description, allowBinding: false });
      builder.addOption({ names: [off], hidden: true, allowBinding: false });
    },
    transformer: (_builder, _key, { options }) => {
      const last = options.findLast(({ name }) => name === off || spellings.includes(name));
      return last && last.name !== off;
    },
  });
}
