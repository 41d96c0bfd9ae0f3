import type { Config } from '../config/resolve-config.js';
import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import { createMetricStore, enableProcessStats, type MetricStore } from '../metrics/metric-store.js';
import { selfMetric } from '../model/builtin-metric.js';
import type { ExporterSpec } from '../model/spec.js';

/** Creates the store of an exporter's metrics as the operator wants it; what is left out or dropped is logged. */
export function createStore(spec: ExporterSpec, { server }: Config, log: Logger): MetricStore {
  const store = createMetricStore({
    onForeignFailure: (metric, error) => log.error({ metric, error: messageOf(error) }, 'metric of another package left out'),
    maxSeries: server.maxSeries,
    droppedName: selfMetric(spec, 'metric_series_dropped_total'),
    onSeriesDropped: (metric, maxSeries) => log.warn({ metric, maxSeries }, 'series dropped: the metric has all that it may have'),
  });
  if (server.processStats && !server.webDisableExporterMetrics) enableProcessStats(store);
  return store;
}
