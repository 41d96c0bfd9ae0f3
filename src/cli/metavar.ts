import type { OptionType } from '../model/declaration.js';
import type { OptionSpec } from '../model/spec.js';

const metavars: Readonly<Record<OptionType, string>> = {
  string: 'TEXT',
  integer: 'INTEGER',
  number: 'FLOAT',
  boolean: 'BOOLEAN',
  path: 'PATH',
  duration: 'DURATION',
  yaml: 'YAML',
};

/** What stands for an option's value in usage and help: `TEXT`, `[plain|json]`; for a positional its name. */
export function metavarOf({ choices, name, parse, positional, type }: OptionSpec): string {
  if (positional) return name.toUpperCase();
  if (parse) return 'TEXT';
  return choices ? `[${choices.join('|')}]` : metavars[type];
}
