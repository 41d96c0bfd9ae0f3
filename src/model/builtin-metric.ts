import { toSnakeCase } from './name.js';
import type { ExporterSpec } from './spec.js';

/**
 * Whether an exported name belongs to the metrics about scrapes and about the program itself. Those of later versions are
 * reserved from the start, so that an update of this package breaks no exporter.
 */
export function isReservedMetric(exportedName: string, { name, namespace }: Pick<ExporterSpec, 'name' | 'namespace'>): boolean {
  const self = toSnakeCase(name);
  const prefix = namespace ?? self.replace(/_exporter$/, '');
  const reserved = [`${prefix}_scrape_collector_`, `${self}_build_info`, `${self}_config_last_reload_`, `${self}_web_config_last_reload_`];
  return reserved.some((start) => exportedName.startsWith(start));
}
