'use strict';
const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');
const { MeterProvider } = require('@opentelemetry/sdk-metrics');
const { buckets, families } = require('../workload.js');

/**
 * OpenTelemetry's SDK and its Prometheus exporter, which knows no gzip. Its gauges are synchronous: observable ones cost
 * the same within a tenth where all values change, and several times as much where none does.
 */
function create(workload, update) {
  const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true });
  // Without a view, a metric has at most 2,000 series.
  const provider = new MeterProvider({ readers: [exporter], views: [{ instrumentName: '*', aggregationCardinalityLimit: 1e6 }] });
  const meter = provider.getMeter('bench');
  const describe = (type) => ({ description: `A ${type} of the workload.` });
  const gauges = families.gauge.names.map((name) => meter.createGauge(name, describe('gauge')));
  const counters = families.counter.names.map((name) => meter.createCounter(name, describe('counter')));
  const histograms = families.histogram.names.map((name) =>
    meter.createHistogram(name, { ...describe('histogram'), advice: { explicitBucketBoundaries: buckets } }),
  );
  for (const { family, value, ...labels } of workload.counters) counters[family].add(value, labels);
  for (const { family, observations, ...labels } of workload.histograms)
    for (const value of observations) histograms[family].record(value, labels);
  const handler = (request, response) => {
    update();
    exporter.getMetricsRequestHandler(request, response);
  };
  return { updates: createUpdates(workload, gauges), handler };
}

function createUpdates(workload, gauges) {
  const kept = workload.gauges.map(({ family, ...labels }) => ({ gauge: gauges[family], labels }));
  return {
    labels(values) {
      const series = workload.gauges;
      for (let i = 0; i < series.length; i += 1) {
        const { family, database, host, shard } = series[i];
        gauges[family].record(values[i], { database, host, shard });
      }
      return series.length;
    },
    children(values) {
      for (let i = 0; i < kept.length; i += 1) kept[i].gauge.record(values[i], kept[i].labels);
      return kept.length;
    },
  };
}

module.exports = { create };
