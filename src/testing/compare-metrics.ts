import { isClassic } from '../exposition/escape-name.js';
import { quoteName } from '../model/labels.js';
import { parseMetrics } from './parse-metrics.js';
import type { ParsedFamily, ParsedSample } from './parsed-family.js';

interface Comparison {
  /** Only families of these names are looked at. Default: all. */
  readonly names?: readonly string[] | undefined;
  /** Whether a family may be there though it is not expected. */
  readonly isOptional?: (name: string) => boolean;
}

/**
 * Compares two expositions in the same format. The order of families, series and labels does not matter, nor do exemplars,
 * which have the time in them; HELP and TYPE count. Leading blanks of the expected lines do not, so that they can be indented.
 *
 * @returns what is missing (-) and what is there besides (+), line by line; undefined where nothing differs.
 */
export function compareMetrics(actual: string, expected: string, { names, isOptional = () => false }: Comparison = {}): string | undefined {
  const there = linesByFamily('actual metrics', actual);
  const wanted = linesByFamily('expected metrics', trimLines(expected));
  const compared = names ?? [...new Set([...wanted.keys(), ...[...there.keys()].filter((name) => !isOptional(name))])];
  const differences = compared.flatMap((name) => {
    const [has, wants] = [there.get(name), wanted.get(name)];
    return has === undefined && wants === undefined ? [`? ${name} is neither expected nor there`] : difference(has ?? [], wants ?? []);
  });
  return differences.length === 0 ? undefined : differences.join('\n');
}

function difference(has: readonly string[], wants: readonly string[]): readonly string[] {
  const [hasLine, wantsLine] = [new Set(has), new Set(wants)];
  const missing = wants.filter((line) => !hasLine.has(line)).map((line) => `- ${line}`);
  const extra = has.filter((line) => !wantsLine.has(line)).map((line) => `+ ${line}`);
  return [...missing, ...extra];
}

function trimLines(text: string): string {
  const trimmed = text
    .replace(/^\s+/, '')
    .replace(/\s+$/, '')
    .replace(/\n[ \t]+/g, '\n');
  return trimmed === '' ? '' : `${trimmed}\n`;
}

function linesByFamily(subject: string, text: string): ReadonlyMap<string, readonly string[]> {
  try {
    return new Map(parseMetrics(text).map((family) => [family.name, linesOf(family)]));
  } catch (error) {
    throw new Error(`${subject}, ${(error as Error).message}`);
  }
}

function linesOf({ name: plainName, type, help, unit, samples }: ParsedFamily): readonly string[] {
  const name = quoteMetricName(plainName);
  return [
    `# HELP ${name} ${help.replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    ...samples.map(lineOf),
  ];
}

function lineOf({ name, labels, value }: ParsedSample): string {
  const pairs = Object.entries(labels)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, text]) => `${quoteName(label)}=${JSON.stringify(text)}`);
  const quoted = quoteMetricName(name);
  if (quoted !== name) return `{${[quoted, ...pairs].join(',')}} ${value}`;
  return pairs.length === 0 ? `${name} ${value}` : `${name}{${pairs.join(',')}} ${value}`;
}

/** Metric names may have colons, other than label names. */
function quoteMetricName(name: string): string {
  return isClassic(name, 'metric') ? name : quoteName(name);
}
