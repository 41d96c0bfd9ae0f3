import { toSnakeCase } from './name.js';
import type { ExporterSpec } from './spec.js';

/** What the names of the metrics about collectors begin with. */
export function collectorMetricPrefix({ name, namespace }: Pick<ExporterSpec, 'name' | 'namespace'>): string {
  return `${namespace ?? toSnakeCase(name).replace(/_exporter$/, '')}_scrape_collector_`;
}

const selfMetrics = [
  'build_info',
  'config_last_reload_successful',
  'config_last_reload_success_timestamp_seconds',
  'http_requests_in_flight',
  'http_requests_rejected_total',
  'http_requests_total',
  'metric_series_dropped_total',
  'web_config_last_reload_successful',
  'web_config_last_reload_success_timestamp_seconds',
] as const;

/** The name of a metric about the program itself: `weather_exporter_build_info`. */
export function selfMetric({ name }: Pick<ExporterSpec, 'name'>, metric: (typeof selfMetrics)[number]): string {
  return `${toSnakeCase(name)}_${metric}`;
}

/**
 * Whether an exported name belongs to the metrics about scrapes and about the program itself. Those of later versions are
 * reserved from the start, so that an update of this package breaks no exporter.
 */
export function isReservedMetric(exportedName: string, exporter: Pick<ExporterSpec, 'name' | 'namespace'>): boolean {
  const self = toSnakeCase(exporter.name);
  // Whole groups, so that later ones of a group are kept, too.
  const reserved = ['build_info', 'config_last_reload_', 'http_requests_', 'metric_series_dropped', 'web_config_last_reload_'];
  return [collectorMetricPrefix(exporter), ...reserved.map((start) => `${self}_${start}`)].some((start) => exportedName.startsWith(start));
}
