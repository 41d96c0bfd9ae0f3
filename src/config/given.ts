import { ConfigError } from '../errors.js';
import { suggest } from '../model/nearest.js';
import type { OptionSpec } from '../model/spec.js';

/** Finds the option that each given value is for, by its name or its member. */
export function assignGiven(given: Readonly<Record<string, unknown>>, options: readonly OptionSpec[]): ReadonlyMap<OptionSpec, unknown> {
  // Names come last and so win: an author's member may be called like another option.
  const known = new Map([
    ...options.map((option) => [option.member, option] as const),
    ...options.map((option) => [option.name, option] as const),
  ]);
  const assigned = new Map<OptionSpec, unknown>();
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const option = known.get(key);
    if (option === undefined) throw unknownOption(key, [...known.keys()]);
    if (assigned.has(option)) throw givenTwice(option);
    assigned.set(option, value);
  }
  return assigned;
}

function unknownOption(key: string, names: readonly string[]): ConfigError {
  const mend = suggest(key, names, 'Use one of the exporter, or a builtin one; its --help shows them');
  return new ConfigError({ code: 'UNKNOWN_OPTION', where: `options.${key}`, what: 'no such option', mend });
}

function givenTwice({ member, name }: OptionSpec): ConfigError {
  const mend = 'Leave out one of them';
  return new ConfigError({ code: 'CONFLICTING_OPTIONS', where: `options.${name}`, what: `is given as ${member} too`, mend });
}
