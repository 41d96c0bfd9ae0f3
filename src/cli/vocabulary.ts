import { suggest } from '../model/nearest.js';
import type { OptionSpec } from '../model/spec.js';
import { isFlag } from './program.js';

/** What an option's spelling means; `flag` is the value that the spelling itself gives. */
export type Meaning = 'help' | 'version' | 'check-web-config' | { readonly option: OptionSpec; readonly flag: boolean | undefined };

/** The option that has a web configuration file checked, and the command where several exporters share a binary. */
export const checkWebConfigName = 'check-web-config';

/** All spellings with their hyphens: `--port`, `-p`, `--no-process-stats`. */
export type Vocabulary = ReadonlyMap<string, Meaning>;

/** Lists how options can be spelt. */
export function createVocabulary(options: readonly OptionSpec[]): Vocabulary {
  const spellings: (readonly [string, Meaning])[] = [
    ['-h', 'help'],
    ['--help', 'help'],
    ['--version', 'version'],
    [`--${checkWebConfigName}`, checkWebConfigName],
  ];
  for (const option of options) {
    if (option.positional) continue;
    const flag = isFlag(option) ? true : undefined;
    for (const name of [option.name, ...option.aliases]) {
      spellings.push([`--${name}`, { option, flag }]);
      if (flag) spellings.push([negated({ name }), { option, flag: false }]);
    }
    if (option.short !== undefined) spellings.push([`-${option.short}`, { option, flag }]);
  }
  return new Map(spellings);
}

/** The spelling that turns a flag off. */
export function negated({ name }: Pick<OptionSpec, 'name'>): string {
  return `--no-${name}`;
}

/** What to write instead of an option that is not there. */
export function suggestSpelling(spelling: string, vocabulary: Vocabulary): string {
  if (!spelling.startsWith('--')) return seeHelp;
  // The hyphens are no likeness: all have them.
  const names = [...vocabulary.keys()].filter((name) => name.startsWith('--')).map((name) => name.slice(2));
  return suggest(spelling.replace(/^-+/, ''), names, seeHelp).replace('Did you mean ', 'Did you mean --');
}

const seeHelp = 'Use --help to see all options';
