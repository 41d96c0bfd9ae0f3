import { toSnakeCase } from './name.js';
import type { ExporterSpec } from './spec.js';

/** What the names of the metrics about collectors begin with. */
export function collectorMetricPrefix({ name, namespace }: Pick<ExporterSpec, 'name' | 'namespace'>): string {
  return `${namespace ?? toSnakeCase(name).replace(/_exporter$/, '')}_scrape_collector_`;
}

/** The name of the metric that counts the series that metrics had no room for. */
export function droppedSeriesMetric({ name }: Pick<ExporterSpec, 'name'>): string {
  return `${toSnakeCase(name)}_metric_series_dropped_total`;
}

/**
 * Whether an exported name belongs to the metrics about scrapes and about the program itself. Those of later versions are
 * reserved from the start, so that an update of this package breaks no exporter.
 */
export function isReservedMetric(exportedName: string, exporter: Pick<ExporterSpec, 'name' | 'namespace'>): boolean {
  const self = toSnakeCase(exporter.name);
  const reserved = [
    collectorMetricPrefix(exporter),
    `${self}_build_info`,
    `${self}_config_last_reload_`,
    `${self}_metric_series_dropped`,
    `${self}_web_config_last_reload_`,
  ];
  return reserved.some((start) => exportedName.startsWith(start));
}
