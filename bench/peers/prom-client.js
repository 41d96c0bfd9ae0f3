'use strict';
const { promisify } = require('node:util');
const zlib = require('node:zlib');
const Koa = require('koa');
const { Counter, Gauge, Histogram, Registry } = require('prom-client');
const { buckets, families } = require('../workload.js');
const { createUpdates } = require('./prom-style.js');

const gzip = promisify(zlib.gzip);

/** Creates the metrics of the workload in a registry of prom-client. */
function createMetrics() {
  const registry = new Registry();
  const create = (Metric, type, more) =>
    families[type].names.map(
      (name) => new Metric({ name, help: `A ${type} of the workload.`, labelNames: families[type].labels, registers: [registry], ...more }),
    );
  return {
    registry,
    gauges: create(Gauge, 'gauge'),
    counters: create(Counter, 'counter'),
    histograms: create(Histogram, 'histogram', { buckets }),
  };
}

/** prom-client behind Koa, as its documentation has it, with gzip at a level. */
function create(workload, update, level) {
  const { registry, ...metrics } = createMetrics();
  const updates = createUpdates(workload, metrics);
  const app = new Koa();
  app.use(async (ctx) => {
    update();
    const page = await registry.metrics();
    ctx.set('Content-Type', registry.contentType);
    ctx.vary('Accept-Encoding');
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
      ctx.set('Content-Encoding', 'gzip');
      ctx.body = await gzip(page, { level });
    } else {
      ctx.body = page;
    }
  });
  const own = { children: createKeptUpdate(workload, metrics.gauges), boundFunctions: (values) => updates.children(values) };
  return { updates: { ...updates, ...own }, handler: app.callback() };
}

// What `labels()` returns hashes its labels at every call and checks them as well: a record that is kept costs less.
function createKeptUpdate(workload, gauges) {
  const kept = workload.gauges.map(({ family, ...labels }) => ({ gauge: gauges[family], labels }));
  return (values) => {
    for (let i = 0; i < kept.length; i += 1) kept[i].gauge.set(kept[i].labels, values[i]);
    return kept.length;
  };
}

module.exports = { create, createMetrics };
