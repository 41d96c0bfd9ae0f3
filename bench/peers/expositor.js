'use strict';
const { createExporter, Exporter } = require('../../dist/src/index.js');
const { buckets, families } = require('../workload.js');
const { createUpdates } = require('./prom-style.js');

class BenchExporter {}
Exporter({ name: 'bench-exporter', description: 'The workload of the benchmark.' })(BenchExporter);

/** What an exporter tells about its collector: changes at each scrape, whatever else does. */
const ownMetrics = ['duration_seconds', 'success', 'last_success_timestamp_seconds'].map((name) => ({
  name: `collector_${name}`,
  type: 'gauge',
  help: 'A metric about a collector.',
  labels: ['collector'],
}));

/** expositor, with metrics about its collector. */
async function create(workload, update) {
  const exporter = createExporter(BenchExporter, { options: { logLevel: 'warning' } });
  const metrics = exporter.createMetrics(
    Object.entries(families).flatMap(([type, { names, labels }]) =>
      names.map((name) => ({ name, type, help: `A ${type} of the workload.`, labels, ...(type === 'histogram' && { buckets }) })),
    ),
  );
  const metricsOf = (type) => families[type].names.map((name) => metrics[name]);
  const updates = createUpdates(workload, {
    gauges: metricsOf('gauge'),
    counters: metricsOf('counter'),
    histograms: metricsOf('histogram'),
  });
  const [duration, success, lastSuccess] = Object.values(exporter.createMetrics(ownMetrics));
  const own = { collector: 'update' };
  exporter.addCollector('update', {}, () => {
    const began = performance.now();
    update();
    duration.set(own, (performance.now() - began) / 1_000);
    success.set(own, 1);
    lastSuccess.set(own, Date.now() / 1_000);
  });
  await exporter.start();
  return { updates, handler: exporter.app.callback() };
}

module.exports = { create };
