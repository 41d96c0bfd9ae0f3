import { namePatterns } from './name.js';

/** Label names with their values, in the order in which they are written. */
export type LabelPairs = readonly (readonly [name: string, value: string])[];

/**
 * Writes labels as they stand between the braces of a sample: `method="GET",path="/"`. Names outside of the classic
 * alphabet are quoted, as text format 1.0.0 has them. Two sets of labels never give the same text.
 */
export function writeLabels(pairs: LabelPairs): string {
  const parts: string[] = [];
  for (const [name, value] of pairs) parts.push(parts.length === 0 ? '' : ',', quoteName(name), '="', escapeQuoted(value), '"');
  // Joined, since V8 keeps what is put together piece by piece in pieces, and texts of labels live long.
  return parts.join('');
}

/** Puts a comma between what `writeLabels` wrote, unless one of them is empty. */
export function joinLabels(one: string, other: string): string {
  if (one === '' || other === '') return one + other;
  return `${one},${other}`;
}

const pairPattern = /(?:"((?:[^"\\]|\\.)*)"|([^=",]+))="((?:[^"\\]|\\.)*)",?/gs;

/** Reads what `writeLabels` wrote. */
export function parseLabels(text: string): LabelPairs {
  if (text === '') return [];
  // Mostly no comma stands beside a quote in a value, and nothing is escaped or quoted.
  if (!/\\|^"|,"|=",/.test(text)) return text.slice(0, -1).split('",').map(parsePlain);
  return Array.from(text.matchAll(pairPattern), ([, quoted, plain, value]) => [plain ?? unescape(quoted ?? ''), unescape(value ?? '')]);
}

/** Puts a name in quotes where the classic alphabet does not have all of its characters. */
export function quoteName(name: string): string {
  return isClassicName(name) ? name : `"${escapeQuoted(name)}"`;
}

/** Whether a metric or label name is of letters, digits and underscores only, and does not begin with a digit. */
export function isClassicName(name: string): boolean {
  return namePatterns.metric.pattern.test(name);
}

const replacements: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

/** Escapes what a text in quotes cannot hold: backslash, newline and double quote. */
export function escapeQuoted(text: string): string {
  // Most texts need nothing, and a test is cheaper than a replacement.
  return /[\\\n"]/.test(text) ? text.replace(/[\\\n"]/g, (character) => replacements[character] ?? character) : text;
}

function parsePlain(pair: string): readonly [string, string] {
  const end = pair.indexOf('="');
  return [pair.slice(0, end), pair.slice(end + 2)];
}

function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character)) : text;
}
