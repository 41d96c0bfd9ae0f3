'use strict';
// What one update costs, in nanoseconds, with expositor and with prom-client: two processes, in turn, five times anew, medians.
const { startServer } = require('./server.js');
const { median } = require('./statistics.js');

const lines = 10_000;
// The same program can be faster or slower for as long as it runs.
const runs = 5;
const rounds = 7;
const warmUpRounds = 10;
// A series may cost more when a call sets it for the first time.
const scrapesInside = 3;

// What is inside of a call is timed in the update handler, the rest between scrapes.
const operations = [
  { title: '`gauge.set({ … }, v)`', name: 'labels', least: 2 },
  { title: '`gauge.set({ … }, v)` inside of a call', name: 'labels', isInside: true, least: 2 },
  { title: '`gauge.set({ … }, v)` in no order', name: 'shuffledLabels' },
  { title: '`set(v)` of a bound child', name: 'children', rivalName: 'boundFunctions', least: 50 },
  { title: '`set(v)` of a bound child inside of a call', name: 'children', rivalName: 'boundFunctions', isInside: true, least: 20 },
  { title: '`counter.inc({ … })`', name: 'incLabels' },
  { title: '`inc()` of a bound child', name: 'incChildren' },
  { title: '`histogram.observe({ … }, v)`', name: 'observeLabels' },
  { title: '`observe(v)` of a bound child', name: 'observeChildren' },
];

/** Times the updates; gives a row for each, or undefined where one of the two peers is missing. */
async function measureUpdates(peers) {
  const pair = ['expositor', 'prom-client'].map((name) => peers.find((peer) => peer.name === name));
  if (pair.includes(undefined)) return undefined;
  const times = operations.map(() => [[], []]);
  for (let run = 0; run < runs; run += 1) await measurePair(pair, times);
  return operations.map(({ title, least }, i) => {
    const [own, rival] = times[i].map(median);
    return { title, least, own, rival, ratio: rival / own };
  });
}

async function measurePair(pair, times) {
  const servers = [];
  try {
    for (const peer of pair) servers.push(await startServer(peer, lines));
    const clients = servers.map(({ client }) => client);
    for (let round = 0; round < warmUpRounds + rounds; round += 1)
      for (const [i, operation] of operations.entries()) {
        const [own, rival] = [await timeOnce(clients[0], operation), await timeOnce(clients[1], rivalOf(operation))];
        if (round < warmUpRounds) continue;
        times[i][0].push(own);
        times[i][1].push(rival);
      }
  } finally {
    for (const server of servers) await server.stop();
  }
}

const rivalOf = (operation) => ({ ...operation, name: operation.rivalName ?? operation.name });

async function timeOnce(client, { name, isInside = false }) {
  if (!isInside) return client.control('time', name);
  await client.control('updates', '');
  await client.control('mode', name);
  for (let scrape = 0; scrape < scrapesInside; scrape += 1) await client.scrape('identity');
  await client.control('mode', 'unchanged');
  return (await client.control('updates', '')).at(-1);
}

module.exports = { measureUpdates };
