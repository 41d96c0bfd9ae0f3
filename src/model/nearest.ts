import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant, if one is near enough. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const candidate = closest(name, names);
  return distance(name, candidate) <= Math.min(candidate.length - 1, Math.max(2, Math.floor(candidate.length / 3))) ? candidate : undefined;
}

/** `Did you mean port?`, or else the names there are. */
export function suggest(name: string, names: readonly string[]): string {
  const candidate = nearest(name, names);
  if (candidate !== undefined) return `Did you mean ${candidate}?`;
  return names.length === 0 ? 'There are none' : `Use ${names.length === 1 ? '' : 'one of '}${names.join(', ')}`;
}
