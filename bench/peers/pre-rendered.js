'use strict';
const zlib = require('node:zlib');
const Koa = require('koa');
const { createMetrics } = require('./prom-client.js');
const { createUpdates } = require('./prom-style.js');

/** The limit: a page that was rendered and compressed beforehand, behind the same Koa. It updates nothing. */
async function create(workload) {
  const { registry, ...metrics } = createMetrics();
  createUpdates(workload, metrics).labels(workload.rounds[0]);
  const page = Buffer.from(await registry.metrics());
  const compressed = zlib.gzipSync(page, { level: 1 });
  registry.clear();
  const app = new Koa();
  app.use((ctx) => {
    ctx.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    ctx.set('Vary', 'Accept, Accept-Encoding');
    ctx.set('Server', 'pre-rendered/1.0.0');
    const isGzip = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    if (isGzip) ctx.set('Content-Encoding', 'gzip');
    ctx.body = isGzip ? compressed : page;
  });
  const nothing = () => 0;
  return { updates: { labels: nothing, children: nothing }, handler: app.callback() };
}

module.exports = { create };
