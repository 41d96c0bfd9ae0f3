'use strict';
// node serve.js <module below peers/> <lines> <gzip level>: one peer in a process of its own. /control is for the bench alone.
const { createServer } = require('node:http');
const path = require('node:path');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { createWorkload } = require('./workload.js');

const keptTimes = 100;
const leastTimedNs = 10_000_000n;

async function main([name, lines, level]) {
  const { create } = require(path.join(__dirname, 'peers', `${name}.js`));
  const workload = createWorkload(Number(lines));
  const turn = createTurn(workload.rounds);
  const peer = await create(workload, () => turn.update(peer.updates), Number(level));
  const controls = createControls(turn, peer.updates);
  controls.mode('unchanged');
  const server = createServer((request, response) => {
    if (!request.url.startsWith('/control?')) return peer.handler(request, response);
    const [[control, value]] = new URLSearchParams(request.url.slice('/control?'.length));
    response.end(JSON.stringify(controls[control](value) ?? null));
  });
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
}

/** What each scrape does: nothing, or one way to set all gauges, with the values of the next round. */
function createTurn(rounds) {
  const turn = {
    mode: 'unchanged',
    round: 0,
    /** Nanoseconds that one gauge took, in each of the last scrapes. */
    times: [],
    values: () => rounds[turn.round % rounds.length],
    update(updates) {
      if (turn.mode === 'unchanged') return;
      turn.round += 1;
      const began = process.hrtime.bigint();
      const count = updates[turn.mode](turn.values());
      turn.times.push(Number(process.hrtime.bigint() - began) / count);
      if (turn.times.length > keptTimes) turn.times.shift();
    },
  };
  return turn;
}

function createControls(turn, updates) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  return {
    mode(mode) {
      turn.mode = mode;
      // Outside of a scrape, so that what a scrape does not set again stays.
      if (mode === 'unchanged') updates.labels(turn.values());
    },
    /** Nanoseconds of one update outside of a scrape. */
    time(name) {
      const began = process.hrtime.bigint();
      let count = 0;
      let ns = 0n;
      while (ns < leastTimedNs) {
        count += updates[name](turn.values());
        ns = process.hrtime.bigint() - began;
      }
      return Number(ns) / count;
    },
    updates: () => turn.times.splice(0),
    /** The longest time that the event loop was held, in milliseconds. */
    hold(step) {
      if (step === 'start') {
        delay.reset();
        delay.enable();
        return undefined;
      }
      delay.disable();
      return delay.max / 1e6;
    },
  };
}

void main(process.argv.slice(2));
