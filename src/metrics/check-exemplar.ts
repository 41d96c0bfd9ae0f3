import { writeLabels } from '../model/labels.js';
import type { Exemplar } from '../model/metric-family.js';
import { namePatterns, quote } from '../model/name.js';
import { checkLabelValue } from './check-labels.js';
import { describeValue, invalidUpdate, isObject } from './check-value.js';

/** In code points, names and values together (OpenMetrics 1.0, Exemplars). */
const mostCharacters = 128;

/** Returns the exemplar that these labels give to an observation; undefined where there are none. */
export function checkExemplar(where: string, labels: unknown, value: number): Exemplar | undefined {
  if (labels === undefined) return undefined;
  if (!isObject(labels)) throw invalidUpdate(where, `exemplar labels are ${describeValue(labels)}`, 'Give an object, such as { trace_id }');
  const pairs = Object.entries(labels).map(([name, one]) => {
    const { pattern, rule } = namePatterns.label;
    if (!pattern.test(name)) throw invalidUpdate(where, `exemplar label ${quote(name)} is not allowed`, rule);
    return [name, checkLabelValue({ exportedName: where }, name, one)] as const;
  });
  const length = pairs.flat().reduce((sum, text) => sum + Array.from(text).length, 0);
  if (length > mostCharacters) {
    throw invalidUpdate(where, `exemplar labels have ${length} characters`, `Keep names and values together to ${mostCharacters}`);
  }
  return { labels: writeLabels(pairs), value, timestamp: Date.now() / 1_000 };
}
