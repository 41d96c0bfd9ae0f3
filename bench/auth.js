'use strict';
// node auth.js [seconds]: scrapes with a password that is known, alone and while others make the server check wrong and new passwords of
// bcrypt cost 12. Says how much later the scrapes are answered.
const { spawn } = require('node:child_process');
const events = require('node:events');
const http = require('node:http');
const { createInterface } = require('node:readline');
const { quantile } = require('./statistics.js');

const cost = 12;
const series = 1_000;
const guessers = 8;
/** Between two scrapes. */
const pauseMilliseconds = 10;
const allowedMilliseconds = 50;

async function serve() {
  const { hashSync } = require('@node-rs/bcrypt');
  const { createExporter, Exporter } = require('../dist/src/index.js');
  const { openWebConfig } = require('../dist/src/model/web-config.js');
  const { listen } = require('../dist/src/web/listen.js');
  class Guarded {}
  Exporter({ name: 'auth-exporter', description: 'Has passwords.' })(Guarded);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const exporter = createExporter(Guarded, { log });
  const { load } = exporter.createMetrics([{ name: 'load', type: 'gauge', help: 'Changes.', labels: ['host'] }]);
  let call = 0;
  exporter.addCollector('load', {}, () => {
    call += 1;
    for (let host = 0; host < series; host += 1) load.set({ host: `host-${host}` }, call + host);
  });
  await exporter.start();
  const users = new Map(['scraper', 'other'].map((user) => [user, hashSync(user, { cost })]));
  const sockets = [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }];
  const { urls } = await listen(exporter.app.callback(), { sockets, web: { ...openWebConfig, users } }, { server: 'bench', log });
  console.log(urls[0]);
}

/** Scrapes once with these credentials, on a connection of its agent. */
function scrape(url, agent, credentials) {
  const began = performance.now();
  const headers = { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}`, 'Accept-Encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    http
      .get(`${url}metrics`, { agent, headers }, (response) => {
        response.resume().on('end', () => resolve({ status: response.statusCode, ms: performance.now() - began }));
      })
      .on('error', reject);
  });
}

/** The times of scrapes, one after another, for so long. */
async function measure(url, milliseconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const { status, ms } = await scrape(url, agent, 'scraper:scraper');
    if (status !== 200) throw new Error(`status ${status}`);
    times.push(ms);
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
  agent.destroy();
  return times;
}

/** Clients that each try one password after another, of known and unknown users, until they are stopped. */
function guess(url) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: guessers });
  const counts = {};
  let isStopped = false;
  const run = async (number) => {
    for (let attempt = 0; !isStopped; attempt += 1) {
      const { status } = await scrape(url, agent, `${attempt % 2 === 0 ? 'other' : 'nobody'}:${number}-${attempt}`);
      counts[status] = (counts[status] ?? 0) + 1;
    }
  };
  const runs = Array.from({ length: guessers }, (_, number) => run(number));
  return {
    async stop() {
      isStopped = true;
      await Promise.all(runs);
      agent.destroy();
      return counts;
    },
  };
}

async function main(seconds) {
  const child = spawn(process.execPath, [__filename, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [url] = await events.once(createInterface({ input: child.stdout }), 'line');
    await measure(url, 1_000);
    const alone = await measure(url, seconds * 1_000);
    const guesses = guess(url);
    const beside = await measure(url, seconds * 1_000);
    const answers = await guesses.stop();
    const row = (name, times) =>
      `| ${name} | ${times.length} | ${[0.5, 0.99, 0.999].map((part) => quantile(times, part).toFixed(2)).join(' | ')} |`;
    console.log(`| scrapes of ${series} series | count | median ms | p99 ms | p99.9 ms |\n|---|---|---|---|---|`);
    console.log(row('alone', alone));
    console.log(row(`beside ${guessers} who guess passwords of cost ${cost}`, beside));
    const growth = quantile(beside, 0.99) - quantile(alone, 0.99);
    console.log(
      `\np99 grows by ${growth.toFixed(2)} ms; up to ${allowedMilliseconds} ms are allowed. Guesses by status: ${JSON.stringify(answers)}`,
    );
  } finally {
    child.kill();
  }
}

const [first = '20'] = process.argv.slice(2);
void (first === 'serve' ? serve() : main(Number(first)));
