'use strict';
// node smoke.js: an exporter is scraped in all codings that this Node has, and says the same in each, while its values change.
const assert = require('node:assert/strict');
const http = require('node:http');
const zlib = require('node:zlib');
const { createExporter, Exporter } = require('../../dist/src/index.js');

const decoders = { identity: (bytes) => bytes, gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync };
// Node has it from 22.15 and 23.8 on.
if (zlib.zstdDecompressSync) decoders.zstd = zlib.zstdDecompressSync;

class Smoke {}
Exporter({ name: 'smoke-exporter', description: 'Is scraped in all codings.' })(Smoke);

function get(port, encoding) {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encoding };
    http
      .get({ host: '127.0.0.1', port, path: '/metrics', headers }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => resolve({ coding: response.headers['content-encoding'] ?? 'identity', bytes: Buffer.concat(parts) }));
      })
      .on('error', reject);
  });
}

async function main() {
  const exporter = createExporter(Smoke, { options: { logLevel: 'critical' } });
  const { load } = exporter.createMetrics([{ name: 'load', type: 'gauge', help: 'Changes.', labels: ['host'] }]);
  let round = 0;
  exporter.addCollector('loads', {}, async () => {
    for (let host = 0; host < 500; host += 1) {
      // Sets behind a promise belong to the call all the same.
      if (host % 100 === 0) await Promise.resolve();
      // One host is gone in each round.
      if (host !== round) load.set({ host: `host-${host}` }, round + host / 7);
    }
  });
  await exporter.start();
  const server = http.createServer(exporter.app.callback()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  for (; round < 5; round += 1) {
    for (const [name, decode] of Object.entries(decoders)) {
      const { coding, bytes } = await get(port, name);
      assert.equal(coding, name);
      const lines = decode(bytes)
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('load{'));
      const hosts = Array.from({ length: 500 }, (_, host) => host).filter((host) => host !== round);
      assert.deepEqual(lines.toSorted(), hosts.map((host) => `load{host="host-${host}"} ${round + host / 7}`).toSorted());
    }
  }
  server.close();
  server.closeAllConnections();
  await exporter.stop();
  console.log(`Node ${process.version}: ${Object.keys(decoders).join(', ')} say the same`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
