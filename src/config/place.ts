import { ConfigError, type Fault } from '../errors.js';
import { quote } from '../model/name.js';
import type { OptionSpec } from '../model/spec.js';

/** Where one value of one option comes from. */
export interface Place {
  /** The author's class, for mistakes that are the author's. */
  readonly className: string;
  readonly option: OptionSpec;
  /** `--port`, `EXP_PORT`, `options.port`. */
  readonly where: string;
  /** What relative paths start from; undefined for the working directory, which leaves them as they are. */
  readonly cwd: string | undefined;
}

/** What is wrong with a value; the value goes in front of it. */
export interface Problem {
  readonly what: string;
  readonly mend: string;
}

/** Makes the fault of a value that does not fit its option; a secret one is not quoted. */
export function invalidValue({ option, where }: Pick<Place, 'option' | 'where'>, value: unknown, { what, mend }: Problem): Fault {
  return { code: 'INVALID_VALUE', where, what: `${option.secret ? 'the value' : quote(value)} ${what}`, mend };
}

/** Throws the {@link ConfigError} of a value that does not fit its option. */
export function reject(place: Place, value: unknown, problem: Problem): never {
  throw new ConfigError(invalidValue(place, value, problem));
}
