import { ConfigError } from '../errors.js';
import type { OptionSpec } from '../model/spec.js';
import type { Found } from './found.js';

/** Throws a {@link ConfigError} for a key without its certificate or the reverse, since that would be served in clear. */
export function checkKeyPair(
  options: readonly OptionSpec[],
  found: ReadonlyMap<OptionSpec, Found>,
  nameOf: (option: OptionSpec) => string,
): void {
  const [key, certificate, ca] = ['ssl-private-key', 'ssl-public-key', 'ssl-ca'].map((name) => {
    const option = options.find((candidate) => candidate.name === name)!;
    return { name: nameOf(option), where: found.get(option)?.where };
  }) as [Side, Side, Side];
  if (key.where !== undefined && certificate.where === undefined) throw half(key.where, certificate.name);
  if (certificate.where !== undefined && key.where === undefined) throw half(certificate.where, key.name);
  if (ca.where !== undefined && key.where === undefined) throw half(ca.where, `${key.name} and ${certificate.name}`);
}

interface Side {
  /** How the option is called. */
  readonly name: string;
  /** Where it was set, if it was. */
  readonly where: string | undefined;
}

function half(where: string, lacking: string): ConfigError {
  return new ConfigError({ code: 'CONFLICTING_OPTIONS', where, what: `is set without ${lacking}`, mend: 'Set all of them, or none' });
}
