'use strict';
const { createExporter, Exporter } = require('../../dist/src/index.js');
const { buckets, families } = require('../workload.js');
const { createUpdates } = require('./prom-style.js');

class BenchExporter {}
Exporter({ name: 'bench-exporter', description: 'The workload of the benchmark.' })(BenchExporter);

/** expositor, which tells by itself how its collector fares. */
async function create(workload, update) {
  const exporter = createExporter(BenchExporter, { options: { logLevel: 'warning' } });
  const metrics = exporter.createMetrics(
    Object.entries(families).flatMap(([type, { names, labels }]) =>
      names.map((name) => ({
        name,
        type,
        help: `A ${type} of the workload.`,
        labels,
        allow: ['type-in-name'],
        ...(type === 'histogram' && { buckets }),
      })),
    ),
  );
  const metricsOf = (type) => families[type].names.map((name) => metrics[name]);
  const updates = createUpdates(workload, {
    gauges: metricsOf('gauge'),
    counters: metricsOf('counter'),
    histograms: metricsOf('histogram'),
  });
  exporter.addCollector('update', {}, update);
  await exporter.start();
  return { updates, handler: exporter.app.callback() };
}

module.exports = { create };
