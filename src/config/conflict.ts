import { ConfigError } from '../errors.js';
import type { OptionSpec } from '../model/spec.js';
import type { Found } from './found.js';

/** Options that say the same thing in two ways; a boolean one that is off says nothing. */
const conflicts: readonly (readonly [name: string, other: string])[] = [
  ['web-listen-address', 'host'],
  ['web-listen-address', 'port'],
  ['web-systemd-socket', 'host'],
  ['web-systemd-socket', 'port'],
  ['web-systemd-socket', 'web-listen-address'],
];

/** Throws a {@link ConfigError} with the places of two builtin options that do not go together. */
export function checkConflicts(options: readonly OptionSpec[], found: ReadonlyMap<OptionSpec, Found>): void {
  const whereOf = (name: string): string | undefined => {
    const one = found.get(options.find((option) => option.name === name)!);
    return one?.value === false ? undefined : one?.where;
  };
  for (const [name, other] of conflicts) {
    const [where, otherWhere] = [whereOf(name), whereOf(other)];
    if (where === undefined || otherWhere === undefined) continue;
    throw new ConfigError({ code: 'CONFLICTING_OPTIONS', where, what: `is set beside ${otherWhere}`, mend: 'Set only one of them' });
  }
}
