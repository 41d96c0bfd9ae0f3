import type { MetricFamily } from '../model/metric-family.js';
import { familyName } from '../model/metric-spec.js';
import type { MetricSpec } from '../model/spec.js';

/** What a family says of its metric. */
export function familyHead(spec: MetricSpec): Pick<MetricFamily, 'name' | 'help' | 'unit'> {
  return { name: familyName(spec), help: spec.help, unit: spec.unit };
}
