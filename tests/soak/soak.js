'use strict';
// 20,000 scrapes over HTTP of values that change and series that come and go: memory must not grow. Needs --expose-gc and a build.
const http = require('node:http');
const { createExporter, Exporter } = require('../../dist/src/index.js');

const scrapes = Number(process.argv[2] ?? 20_000);
/** After so many all memories are filled; what is there then may not grow. */
const warm = scrapes / 4;
const allowedBytes = 4 * 2 ** 20;

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
      .get({ port, path: '/metrics', agent, headers }, (response) => {
        let length = 0;
        response.on('data', (part) => (length += part.length));
        response.on('end', () => (response.statusCode === 200 ? resolve(length) : reject(new Error(`status ${response.statusCode}`))));
      })
      .on('error', reject);
  });
}

/** What is in use after all garbage has been collected, in bytes. */
async function used() {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main() {
  const exporter = createExporter(Soaked);
  const { load, requests, wait } = exporter.createMetrics([
    { name: 'load', type: 'gauge', help: 'Comes and goes.', labels: ['host'] },
    { name: 'requests', type: 'counter', help: 'Is counted.', labels: ['code'] },
    { name: 'wait', type: 'histogram', help: 'Is observed.', labels: ['code'] },
  ]);
  let call = 0;
  exporter.addCollector('soak', {}, () => {
    call += 1;
    load.reset();
    for (let host = 0; host < 40; host += 1) load.set({ host: `host-${(call + host) % 1_000}` }, call + host / 3);
    requests.inc({ code: '200' }, 1, { trace_id: String(call) });
    wait.observe({ code: '200' }, (call % 100) / 10);
  });
  await exporter.start();
  const server = http.createServer(exporter.app.callback());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  let before = 0;
  for (let scrape = 0; scrape < scrapes; scrape += wishes.length) {
    if (scrape === warm) before = await used();
    await Promise.all(wishes.map((headers) => get(port, agent, headers)));
  }
  const grown = (await used()) - before;
  agent.destroy();
  server.close();
  await exporter.stop();
  console.log(
    `${scrapes} scrapes: ${(before / 2 ** 20).toFixed(1)} MiB in use after ${warm}, ${(grown / 2 ** 20).toFixed(2)} MiB more at the end`,
  );
  if (grown > allowedBytes) throw new Error(`soak: memory has grown by ${grown} bytes.`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
