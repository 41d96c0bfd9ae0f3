'use strict';
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { scrapeHeaders } = require('./client.js');
const { startServer } = require('./server.js');

const connections = [1, 4, 16];
const seconds = 3;
const run = promisify(execFile);

/** Scrapes a second with some connections at a time, all gauges set at each; undefined where there is no wrk. */
async function measureThroughput(peers, lines, tell) {
  if (!(await hasWrk())) return undefined;
  const rates = new Map();
  for (const peer of peers) {
    tell(`throughput, ${lines} lines: ${peer.title}`);
    const server = await startServer(peer, lines);
    try {
      await server.client.control('mode', 'children');
      await runWrk(server.port, 1);
      const found = [];
      for (const count of connections) found.push(await runWrk(server.port, count));
      rates.set(peer.name, found);
    } finally {
      await server.stop();
    }
  }
  return { lines, connections, rates };
}

const hasWrk = () =>
  run('wrk', ['--version']).then(
    () => true,
    // It prints its version and ends with exit code 1.
    ({ code }) => code !== 'ENOENT',
  );

async function runWrk(port, count) {
  const headers = Object.entries(scrapeHeaders('gzip')).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const parameters = [
    '-t',
    '1',
    '-c',
    String(count),
    '-d',
    `${seconds}s`,
    '--timeout',
    '60s',
    ...headers,
    `http://127.0.0.1:${port}/metrics`,
  ];
  const { stdout } = await run('wrk', parameters);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk at ${count} connections:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
}

module.exports = { measureThroughput };
