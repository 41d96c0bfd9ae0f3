import { ScrapeError } from '../errors.js';
import { hasHalfACharacter } from '../model/name.js';
import { listOf, suggest } from '../model/nearest.js';
import type { MetricSpec } from '../model/spec.js';
import { describeValue, isObject } from './check-value.js';

/** A metric, as far as its labels go. */
export interface Labelled extends Pick<MetricSpec, 'exportedName' | 'labels'> {
  /** The values that each label may have, undefined for any. */
  readonly known?: readonly (ReadonlySet<string> | undefined)[] | undefined;
}

/** Returns the values of a record of labels, in the order of their declaration. */
export function checkLabels(metric: Labelled, labels: unknown): readonly string[] {
  const names = metric.labels;
  if (!isObject(labels)) {
    if (labels === undefined && names.length === 0) return [];
    const mend = names.length === 0 ? 'It has none; leave them out' : `Give an object with ${names.join(', ')}`;
    throw invalidLabels(metric, `labels are ${describeValue(labels)}`, mend);
  }
  // Inherited ones count too: whoever passes them means them.
  for (const name in labels) {
    if (!names.includes(name)) throw invalidLabels(metric, `label ${describeValue(name)} is not declared`, suggest(name, names));
  }
  const record = labels as Readonly<Record<string, unknown>>;
  return names.map((name, index) => {
    const value = record[name];
    // A label may be called `constructor`, which every object inherits.
    if (typeof value === 'string' || typeof value === 'number' || Object.hasOwn(record, name)) return checkOne(metric, index, value);
    throw invalidLabels(metric, `label ${describeValue(name)} is missing`, valueRule);
  });
}

/** Returns the values of what `labels()` and `remove()` take: a record of labels, or the values themselves. */
export function checkLabelList(metric: Labelled, list: readonly unknown[]): readonly string[] {
  const names = metric.labels;
  if (list.length === 1 && isObject(list[0])) return checkLabels(metric, list[0]);
  if (list.length !== names.length) {
    const mend = names.length === 0 ? 'It has no labels; leave them out' : `Give ${names.length}: ${names.join(', ')}`;
    throw invalidLabels(metric, `got ${list.length} label value${list.length === 1 ? '' : 's'}`, mend);
  }
  return names.map((_name, index) => checkOne(metric, index, list[index]));
}

function checkOne(metric: Labelled, index: number, value: unknown): string {
  const name = metric.labels[index] ?? '';
  const text = checkLabelValue(metric, name, value);
  const known = metric.known?.[index];
  if (known === undefined || known.has(text)) return text;
  throw invalidLabels(metric, `label ${describeValue(name)} is ${describeValue(value)}`, listKnown([...known]));
}

/** So many values are named in a message. */
const mostNamed = 20;

/** Without a guess: 404 is near to 200, and not meant by it. */
function listKnown(known: readonly string[]): string {
  const others = known.length - mostNamed;
  return others > 0 ? `${listOf(known.slice(0, mostNamed))} or one of ${others} others` : listOf(known);
}

const valueRule = 'Give a string or a number';

/** How to mend a label value that has half a character. */
export const wellFormedRule = 'Give well-formed Unicode, as toWellFormed() makes it';

/** Returns the value of one label as text. */
export function checkLabelValue(metric: Pick<Labelled, 'exportedName'>, name: string, value: unknown): string {
  if (typeof value === 'string') {
    if (!hasHalfACharacter(value)) return value;
    throw invalidLabels(metric, `label ${describeValue(name)} has half a character`, wellFormedRule);
  }
  if (typeof value === 'number') return String(value);
  throw invalidLabels(metric, `label ${describeValue(name)} is ${describeValue(value)}`, valueRule);
}

function invalidLabels({ exportedName }: Pick<Labelled, 'exportedName'>, what: string, mend: string): ScrapeError {
  return new ScrapeError({ code: 'INVALID_LABELS', where: exportedName, what, mend });
}
