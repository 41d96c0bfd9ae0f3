import type { Config } from '../config/resolve-config.js';
import { collectorOption, disableDefaults } from '../model/builtin-option.js';
import type { CollectorSpec } from '../model/spec.js';

/** Whether the operator lets a collector run; where he says nothing, its author does. */
export function isCollectorEnabled({ name, isNamed, enabled }: CollectorSpec, { server, whereOf }: Config): boolean {
  const option = collectorOption(name);
  if (isNamed && whereOf(option) !== undefined) return server.collectors[option] === true;
  return enabled && !(isNamed && server.collectors[disableDefaults]);
}
