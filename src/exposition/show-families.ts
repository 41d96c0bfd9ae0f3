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

/** A family as one format shows it. */
export interface ShownFamily extends Look {
  readonly family: MetricFamily;
}

/** How a family is shown; all names are escaped. */
interface Look {
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
  const known = new Map<string, Kind>();
  let lastCases: readonly Case[] = [];
  let lastLooks: readonly (readonly Look[])[] = [];

  function canHold(family: MetricFamily): boolean {
    if (rules.canHold === undefined) return true;
    for (const block of family.blocks as readonly SeriesBlock[]) {
      let fit = fits.get(block);
      if (fit === undefined) fits.set(block, (fit = rules.canHold(family, block)));
      if (!fit) return false;
    }
    return true;
  }

  function caseOf(family: MetricFamily): Case {
    let kind = known.get(family.name);
    if (kind?.type !== family.type) known.set(family.name, (kind = createKind(family, rules, escaping)));
    return canHold(family) ? kind.fit : kind.unfit;
  }

  return (families) => {
    const cases = families.map(caseOf);
    // Mostly nothing has changed but values.
    if (cases.length !== lastCases.length || cases.some((one, index) => one !== lastCases[index])) {
      lastLooks = decide(cases);
      lastCases = cases;
    }
    const shown: ShownFamily[] = [];
    for (const [index, family] of families.entries())
      for (const { name, sampleNames, onlyPart } of lastLooks[index]!) shown.push({ family, name, sampleNames, onlyPart });
    return shown;
  };
}

/** Gives the looks of each family. */
function decide(cases: readonly Case[]): readonly (readonly Look[])[] {
  const used = new Set<string>();
  const areShown = cases.map(({ samples }) => claim(samples, used));
  return cases.map(({ isFit, head, samples, reserved }, index) => {
    if (!areShown[index]) return [];
    if (isFit && claim(reserved, used)) return [{ name: head, sampleNames: samples, onlyPart: undefined }];
    return samples.map((name, onlyPart) => ({ name, sampleNames: samples, onlyPart }));
  });
}

/** All names that a family takes, escaped. */
interface Names {
  readonly head: string;
  readonly samples: readonly string[];
  /** Those that are not of samples. */
  readonly reserved: readonly string[];
}

/** One family at one moment; the same object for all families of one name and type that are as fit. */
interface Case extends Names {
  /** Whether its values fit its type. */
  readonly isFit: boolean;
}

interface Kind {
  readonly type: MetricFamily['type'];
  readonly fit: Case;
  readonly unfit: Case;
}

function createKind(family: MetricFamily, rules: FamilyRules, escaping: Escaping): Kind {
  const { type } = family;
  const { shared, names: samples } = escapeNames(family, escaping);
  const head = rules.headName(shared, type);
  const names = { head, samples, reserved: [head, ...rules.reservedNames(head, type)].filter((one) => !samples.includes(one)) };
  return { type, fit: { ...names, isFit: true }, unfit: { ...names, isFit: false } };
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
