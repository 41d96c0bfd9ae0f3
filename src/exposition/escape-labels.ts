import { type LabelPairs, parseLabels, writeLabels } from '../model/labels.js';
import type { SeriesBlock } from '../model/metric-family.js';
import { type Escaping, escapeName } from './escape-name.js';

/** Creates a function that gives the labels of a block's series with their names escaped; it remembers what it has done. */
export function createLabelEscape(escaping: Escaping): (block: SeriesBlock) => readonly string[] {
  if (escaping === 'allow-utf-8') return ({ labels }) => labels;
  const known = new WeakMap<readonly string[], readonly string[]>();
  return ({ labels }) => {
    let escaped = known.get(labels);
    if (escaped === undefined) known.set(labels, (escaped = escapeAll(labels, escaping)));
    return escaped;
  };
}

/** Most have nothing to escape, and are then kept as they are. */
function escapeAll(labels: readonly string[], escaping: Escaping): readonly string[] {
  return labels.some(mayHaveQuotedName) ? labels.map((text) => escapeLabels(text, escaping)) : labels;
}

/** Escapes the names of an exemplar's labels. */
export function escapeExemplarLabels(text: string, escaping: Escaping): string {
  return escaping !== 'allow-utf-8' && mayHaveQuotedName(text) ? escapeLabels(text, escaping) : text;
}

function mayHaveQuotedName(text: string): boolean {
  return text.startsWith('"') || text.includes(',"');
}

function escapeLabels(text: string, escaping: Escaping): string {
  const pairs = parseLabels(text);
  const escaped = escapeNames(pairs, escaping);
  const areUnique = new Set(escaped.map(([name]) => name)).size === pairs.length;
  // No two names have the same values.
  return writeLabels(areUnique ? escaped : escapeNames(pairs, 'values'));
}

function escapeNames(pairs: LabelPairs, escaping: Escaping): LabelPairs {
  return pairs.map(([name, value]) => [escapeName(name, escaping, 'label'), value]);
}
