import type { MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { sampleNames } from '../model/sample-name.js';
import { type Escaping, escapeName } from './escape-name.js';

/** What a format says about families. */
export interface FamilyRules {
  /** The name that the head tells, made of the one that Prometheus' own formats tell. */
  headName(name: string, type: MetricFamily['type']): string;
  /** Names that no other family may use, beside those of the head and the samples. */
  reservedNames(headName: string, type: MetricFamily['type']): readonly string[];
  /** Whether the values of a block fit the type of its family. Default: all do. */
  canHold?(family: MetricFamily, block: SeriesBlock): boolean;
}

/** A family as one format shows it; all names are escaped. */
export interface ShownFamily {
  readonly family: MetricFamily;
  /** The head's name. */
  readonly name: string;
  /** The names of its samples, in the order of the family's `sampleNames`. */
  readonly sampleNames: readonly string[];
  /** The place among them of the one name that is shown, as of an unknown type; undefined for all of them, in their own type. */
  readonly onlyPart: number | undefined;
}

/**
 * Decides how families are shown so that no name stands for two things.
 *
 * Metrics of other packages may clash with ours, and values may break the rules of their type. A family whose samples have a
 * name that an earlier one uses is left out. One that clashes otherwise, or breaks a rule, keeps all its series and loses only
 * its type: it is shown as families of unknown type, one for each name that its samples have.
 */
export function createFamilyShow(rules: FamilyRules, escaping: Escaping): (families: readonly MetricFamily[]) => readonly ShownFamily[] {
  const fits = new WeakMap<SeriesBlock, boolean>();
  const known = new Map<string, Names>();

  function canHold(family: MetricFamily): boolean {
    if (rules.canHold === undefined) return true;
    for (const block of family.blocks as readonly SeriesBlock[]) {
      let fit = fits.get(block);
      if (fit === undefined) fits.set(block, (fit = rules.canHold(family, block)));
      if (!fit) return false;
    }
    return true;
  }

  function namesOf(family: MetricFamily): Names {
    const key = `${family.type} ${family.name}`;
    let names = known.get(key);
    if (names === undefined) known.set(key, (names = createNames(family, rules, escaping)));
    return names;
  }

  return (families) => {
    const used = new Set<string>();
    const named = families.map((family) => ({ family, ...namesOf(family) })).filter(({ samples }) => claim(samples, used));
    return named.flatMap(({ family, head, samples, reserved }): readonly ShownFamily[] => {
      if (canHold(family) && claim(reserved, used)) return [{ family, name: head, sampleNames: samples, onlyPart: undefined }];
      return samples.map((name, onlyPart) => ({ family, name, sampleNames: samples, onlyPart }));
    });
  };
}

/** All names that a family takes, escaped. */
interface Names {
  readonly head: string;
  readonly samples: readonly string[];
  /** Those that are not of samples. */
  readonly reserved: readonly string[];
}

function createNames(family: MetricFamily, rules: FamilyRules, escaping: Escaping): Names {
  const { shared, names: samples } = escapeNames(family, escaping);
  const head = rules.headName(shared, family.type);
  return { head, samples, reserved: [head, ...rules.reservedNames(head, family.type)].filter((one) => !samples.includes(one)) };
}

/**
 * Escapes the names of a family's samples: of what they have in common, with what only one of them has behind it. Who reads
 * protobuf adds that himself, so that a name escaped as a whole would be another one there.
 */
function escapeNames(family: MetricFamily, escaping: Escaping): { readonly shared: string; readonly names: readonly string[] } {
  const names = sampleNames(family);
  const [only = family.name, ...others] = names;
  const shared = others.length === 0 ? only : family.name;
  const escaped = escapeName(shared, escaping, 'metric');
  return { shared: escaped, names: names.map((name) => escaped + name.slice(shared.length)) };
}

/** Takes names unless one of them is taken. */
function claim(names: readonly string[], used: Set<string>): boolean {
  if (names.some((name) => used.has(name))) return false;
  for (const name of names) used.add(name);
  return true;
}
