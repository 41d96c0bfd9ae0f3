import type { Check } from './check.js';

interface Named {
  readonly member: string | undefined;
  readonly declaration: { readonly name?: unknown };
  /** What is left of the declaration without its wrong parts. */
  readonly sound: { readonly name?: string | undefined };
  readonly convert: (member: string) => string;
}

/** The name that is given, else one made of the member's; undefined where there is none, which is told. */
export function nameOf({ member, declaration, sound, convert }: Named, check: Check): string | undefined {
  if (sound.name !== undefined) return sound.name;
  // Its wrong form was told already.
  if (declaration.name !== undefined) return undefined;
  if (member === undefined) {
    check.fault('INVALID_NAME', 'name is missing', 'Give a name');
    return undefined;
  }
  const made = convert(member);
  // Hyphens and blanks part words; what else is no letter of ours would be dropped without a word.
  if (made !== '' && /^[A-Za-z0-9_$ -]+$/.test(member)) return made;
  check.fault('INVALID_NAME', 'name cannot be made of the member', 'Give a name');
  return undefined;
}
