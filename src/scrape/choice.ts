import { quote } from '../model/name.js';
import { suggest } from '../model/nearest.js';

/** Which collectors a scrape runs, by name. Default: all that are enabled. */
export interface Choice {
  /** Only these. */
  readonly collect?: readonly string[] | undefined;
  /** All but these. */
  readonly exclude?: readonly string[] | undefined;
}

interface Candidate {
  readonly name: string;
  readonly isEnabled: boolean;
}

/** Says what is wrong with a choice; undefined where nothing is. */
export function faultOfChoice({ collect = [], exclude = [] }: Choice, candidates: readonly Candidate[]): string | undefined {
  // Mostly nothing is chosen.
  if (collect.length === 0 && exclude.length === 0) return undefined;
  if (collect.length > 0 && exclude.length > 0) return 'collect[] and exclude[] are given together. Give one of them.';
  const names = candidates.filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
  for (const [where, chosen] of [
    ['collect[]', collect],
    ['exclude[]', exclude],
  ] as const)
    for (const name of chosen) {
      const candidate = candidates.find((one) => one.name === name);
      if (candidate === undefined) return `${where}: there is no collector ${quote(name)}. ${asSentence(suggest(name, names))}`;
      if (!candidate.isEnabled) return `${where}: collector ${quote(name)} is disabled. Choose another one, or enable it.`;
    }
  return undefined;
}

function asSentence(mend: string): string {
  return mend.endsWith('?') ? mend : `${mend}.`;
}

export function isChosen({ name, isEnabled }: Candidate, { collect = [], exclude = [] }: Choice): boolean {
  return isEnabled && (collect.length === 0 || collect.includes(name)) && !exclude.includes(name);
}
