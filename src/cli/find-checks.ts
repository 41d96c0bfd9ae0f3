import { ConfigError } from '../errors.js';
import type { ExporterSpec } from '../model/spec.js';
import { unexpectedArgument } from './mistake.js';
import type { Program } from './program.js';
import type { Token } from './read-tokens.js';
import { checkWebConfigName } from './vocabulary.js';

/**
 * The web configuration files that a command line wants to be checked, by the option or by the command; undefined where it
 * wants something else. Nothing but the files counts then: no option is required.
 */
export function findChecks(
  tokens: readonly Token[],
  { program, spec }: { readonly program: Program; readonly spec: ExporterSpec | undefined },
): readonly string[] | undefined {
  const paths = tokens.flatMap((token) => (token.kind === checkWebConfigName ? [token.path] : []));
  const [first, ...others] = tokens.flatMap((token) => (token.kind === 'argument' ? [token.text] : []));
  const isCommand = !program.single && first === checkWebConfigName;
  if (!isCommand && paths.length === 0) return undefined;
  for (const token of tokens) if (token.kind === 'mistake') throw new ConfigError(token.fault);
  if (isCommand) {
    if (paths.length + others.length > 0) return [...paths, ...others];
    const mend = `Give at least one: ${program.binaryName} ${checkWebConfigName} PATH`;
    throw new ConfigError({ code: 'MISSING_VALUE', where: checkWebConfigName, what: 'needs a file', mend });
  }
  const hasCommand = !program.single && spec !== undefined;
  const extra = hasCommand ? others[0] : first;
  if (extra !== undefined) throw unexpectedArgument(extra, spec, `Write --${checkWebConfigName} before each file`);
  return paths;
}
