/** The schemes by which names outside of the classic alphabet are written for those who cannot read them. */
export const escapings = ['allow-utf-8', 'underscores', 'dots', 'values'] as const;

export type Escaping = (typeof escapings)[number];

type Kind = 'metric' | 'label';

const classicNames: Readonly<Record<Kind, RegExp>> = { metric: /^[A-Za-z_:][A-Za-z0-9_:]*$/, label: /^[A-Za-z_][A-Za-z0-9_]*$/ };

/** What each scheme writes for a character. */
const replacements: Readonly<Record<Exclude<Escaping, 'allow-utf-8'>, (character: string, isClassic: boolean) => string>> = {
  underscores: (character, isClassic) => (isClassic ? character : '_'),
  dots: (character, isClassic) => (character === '.' ? '_dot_' : isClassic && character !== '_' ? character : '__'),
  values: (character, isClassic) => (character === '_' ? '__' : isClassic ? character : `_${codePointOf(character)}_`),
};

/**
 * Escapes a metric or label name so that it has the classic alphabet only; `allow-utf-8` leaves it as it is.
 *
 * Source: Prometheus, UTF-8 metric and label name escaping schemes. Where that page and Prometheus's own client differ, the
 * client is followed, since others show the same series: `dots` makes two underscores of other characters, and no scheme changes a
 * name that everybody can read.
 */
export function escapeName(name: string, escaping: Escaping, kind: Kind): string {
  if (escaping === 'allow-utf-8' || isClassic(name, kind)) return name;
  const replace = replacements[escaping];
  // What may not come first may follow an underscore.
  const escaped = Array.from(name, (character, place) => replace(character, isClassic(place === 0 ? character : `_${character}`, kind)));
  return (escaping === 'values' ? 'U__' : '') + escaped.join('');
}

/** Whether everybody can read a name without quotes. */
export function isClassic(name: string, kind: Kind): boolean {
  return classicNames[kind].test(name);
}

function codePointOf(character: string): string {
  const codePoint = character.codePointAt(0)!;
  const isHalf = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return isHalf ? 'FFFD' : codePoint.toString(16);
}
