import type { MetricType } from '../model/declaration.js';
import type { MetricFamily } from '../model/metric-family.js';
import { sampleNames } from '../model/metric-spec.js';

const suffixes: Readonly<Partial<Record<MetricType, string>>> = { counter: '_total', info: '_info' };

/** The names that a family takes in any format: its own, and those of its samples. */
export function familyNames({ name, type }: Pick<MetricFamily, 'name' | 'type'>): readonly string[] {
  return [name, ...sampleNames({ exportedName: name + (suffixes[type] ?? ''), type })];
}
