'use strict';
const { sampleLinesOf } = require('./client.js');
const { startServer } = require('./server.js');

const lines = 1000;
const modes = ['unchanged', 'children', 'labels', 'unchanged'];

/** Compares what the peers show, mode by mode, and throws where two differ: a bench of different things is worth nothing. */
async function checkPeers(peers) {
  let expected;
  for (const peer of peers) {
    const shown = await showOf(peer);
    expected ??= shown;
    for (const [i, samples] of shown.entries()) {
      const other = samples.findIndex((sample, j) => sample !== expected[i][j]);
      if (other !== -1 || samples.length !== expected[i].length)
        throw new Error(`${peer.title} and ${peers[0].title} differ (${modes[i]}): ${samples[other]} is not ${expected[i][other]}`);
    }
  }
}

async function showOf(peer) {
  const server = await startServer(peer, lines);
  const shown = [];
  try {
    // What is pre-rendered never changes.
    for (const mode of peer.name === 'pre-rendered' ? modes.slice(0, 1) : modes) {
      await server.client.control('mode', mode);
      const samples = await sampleLinesOf(await server.client.scrape('identity'));
      shown.push(samples.map(normalise).sort());
    }
  } finally {
    await server.stop();
  }
  return shown;
}

/** The order of the labels and the way that a number is written are each library's own. */
function normalise(line) {
  const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line);
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => `${key}=${key === 'le' ? numberOf(text) : text}`);
  return `${name} ${pairs.sort().join(' ')} ${numberOf(value)}`;
}

const numberOf = (text) => Number(text.replace('+Inf', 'Infinity'));

module.exports = { checkPeers };
