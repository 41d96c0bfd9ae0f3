import { ConfigError } from '../errors.js';
import { quote } from '../model/name.js';
import type { OptionSpec } from '../model/spec.js';
import { loadFile, locate } from './file.js';

/** The environment, or a dotenv file. */
export interface VariableSource {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** `EXP_PORT`, or `EXP_PORT in .env`. */
  readonly whereOf: (variable: string) => string;
}

/** What a variable says of an option. */
export interface Variable {
  readonly where: string;
  readonly texts: readonly string[];
}

/** The variable that names a file with the value of a secret option. */
export function fileVariable({ env, secret }: OptionSpec): string | undefined {
  return secret && env !== undefined ? `${env}_FILE` : undefined;
}

/** All variables that an option reads. */
export function variablesOf(option: OptionSpec): readonly string[] {
  return [option.env, fileVariable(option)].filter((name) => name !== undefined);
}

/** Finds the texts of an option in a source; an empty variable counts as unset, and so does a list without parts. */
export function findVariable(option: OptionSpec, source: VariableSource, cwd: string | undefined): Variable | undefined {
  const found = findText(option, source, cwd);
  if (found === undefined) return undefined;
  const texts = option.multiple ? split(found.text, option.separator) : [found.text];
  return texts.length === 0 ? undefined : { where: found.where, texts };
}

function findText(
  option: OptionSpec,
  { values, whereOf }: VariableSource,
  cwd: string | undefined,
): { where: string; text: string } | undefined {
  if (option.env === undefined) return undefined;
  const text = values[option.env];
  const variable = fileVariable(option);
  const file = variable === undefined ? undefined : values[variable];
  if (variable === undefined || !file) return text ? { where: whereOf(option.env), text } : undefined;
  const where = whereOf(variable);
  if (text) {
    throw new ConfigError({ code: 'CONFLICTING_OPTIONS', where, what: `is set beside ${option.env}`, mend: 'Set only one of them' });
  }
  // One line end, since editors and `echo` add it; a value may have more of its own.
  const content = loadFile(locate(file, cwd), { where, name: file })
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (content === '') {
    throw new ConfigError({ code: 'UNREADABLE_FILE', where, what: `${quote(file)} is empty`, mend: 'Write the value into it' });
  }
  return { where, text: content };
}

function split(text: string, separator: string | RegExp = /\s+/): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
