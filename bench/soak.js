'use strict';
// node --expose-gc soak.js [scrapes] [series]: very many scrapes over HTTP of series that come and go, with collectors that fail, are slow
// and hang. Neither memory nor handles nor listeners may grow.
const http = require('node:http');
const { createExporter, Exporter } = require('../dist/src/index.js');

const [scrapes, series] = [process.argv[2] ?? 100_000, process.argv[3] ?? 5_000].map(Number);
/** After so many all memories are filled; what is there then may not grow. */
const warm = scrapes / 4;
const allowedBytes = 4 * 2 ** 20;
/** Resident memory has garbage in it, and holes. */
const allowedResidentRatio = 1.15;

class Soaked {}
Exporter({ name: 'soak-exporter', description: 'Is scraped very often.' })(Soaked);

const wishes = [
  { accept: 'text/plain;version=0.0.4', 'accept-encoding': 'gzip' },
  { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' },
  { accept: 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited', 'accept-encoding': 'identity' },
  { accept: 'text/plain;version=1.0.0;escaping=allow-utf-8', 'accept-encoding': 'br;q=0.9' },
];

function get(port, agent, headers) {
  return new Promise((resolve, reject) => {
    http
      .get({ port, path: '/metrics', agent, headers: { ...headers, 'x-prometheus-scrape-timeout-seconds': '0.1' } }, (response) => {
        let length = 0;
        response.on('data', (part) => (length += part.length));
        response.on('end', () => (response.statusCode === 200 ? resolve(length) : reject(new Error(`status ${response.statusCode}`))));
      })
      .on('error', reject);
  });
}

/** What is in use after all garbage has been collected. */
async function measure(server) {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const listeners = [process, server].flatMap((emitter) => emitter.eventNames().map((name) => emitter.listenerCount(name)));
  return {
    used: heapUsed + external,
    rss,
    handles: process.getActiveResourcesInfo().length,
    listeners: listeners.reduce((a, b) => a + b, 0),
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function createSoaked() {
  const exporter = createExporter(Soaked, { log: silent });
  const { load, requests, wait, rare } = exporter.createMetrics([
    { name: 'load', type: 'gauge', help: 'Comes and goes.', labels: ['host'] },
    { name: 'requests', type: 'counter', help: 'Is counted.', labels: ['code'] },
    { name: 'wait', type: 'histogram', help: 'Is observed.', labels: ['code'] },
    { name: 'rare', type: 'gauge', help: 'Is set by collectors that fail and are slow.', labels: ['collector'] },
  ]);
  let call = 0;
  exporter.addCollector('churn', {}, () => {
    call += 1;
    // A hundredth of the series is new each time, and as many are gone.
    for (let host = 0; host < series; host += 1) load.set({ host: `host-${call * Math.ceil(series / 100) + host}` }, call + host / 3);
    requests.inc({ code: '200' }, 1, { trace_id: String(call) });
    wait.observe({ code: '200' }, (call % 100) / 10);
  });
  exporter.addCollector('failing', { onError: 'keep', maxAge: '1s' }, () => {
    rare.set({ collector: 'failing' }, call);
    if (call % 3 !== 0) throw new Error('failed');
  });
  exporter.addCollector('slow', {}, async ({ signal }) => {
    rare.set({ collector: 'slow' }, call);
    if (call % 100 !== 0) return;
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  exporter.addCollector('cached', { cache: '100ms' }, () => rare.set({ collector: 'cached' }, call));
  exporter.addCollector('often', { every: '50ms' }, () => rare.set({ collector: 'often' }, call));
  await exporter.start();
  return exporter;
}

async function main() {
  const exporter = await createSoaked();
  const server = http.createServer(exporter.app.callback());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  let before;
  for (let scrape = 0; scrape < scrapes; scrape += wishes.length) {
    if (before === undefined && scrape >= warm) before = await measure(server);
    await Promise.all(wishes.map((headers) => get(port, agent, headers)));
  }
  const after = await measure(server);
  agent.destroy();
  server.close();
  await exporter.stop();
  const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `${scrapes} scrapes of ${series} series: ${mebibytes(before.used)} in use after ${warm}, ${mebibytes(after.used - before.used)} more at the end;`,
    `resident ${mebibytes(before.rss)}, then ${mebibytes(after.rss)}; handles ${before.handles}, then ${after.handles};`,
    `listeners ${before.listeners}, then ${after.listeners}`,
  );
  const faults = [
    after.used - before.used > allowedBytes && 'memory in use has grown',
    after.rss > before.rss * allowedResidentRatio && 'resident memory has grown',
    after.handles > before.handles && 'handles are left',
    after.listeners > before.listeners && 'listeners are left',
  ].filter(Boolean);
  if (faults.length > 0) throw new Error(`soak: ${faults.join(', ')}.`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
