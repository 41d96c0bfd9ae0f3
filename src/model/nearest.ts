import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, if one is near enough for its length. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, far: isSameInAnyCase(name, candidate) ? 0 : distance(name, candidate) }))
    .filter(({ candidate, far }) => far <= farthest(candidate.length))
    .sort((a, b) => a.far - b.far);
  return best?.candidate;
}

function isSameInAnyCase(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** How many letters may be wrong: none in very short names, where everything is near, and at most three. */
function farthest(length: number): number {
  return Math.min(length < 8 ? 2 : 3, Math.floor((length - 1) / 1.5));
}

/** `Did you mean port?`, or else what there is. */
export function suggest(name: string, names: readonly string[], otherwise = listOf(names)): string {
  const candidate = nearest(name, names);
  return candidate === undefined ? otherwise : `Did you mean ${candidate}?`;
}

/** What can be used, as a sentence. */
export function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'There are none' : `Use ${names.length === 1 ? '' : 'one of '}${names.join(', ')}`;
}
