'use strict';
const { cases, casesOf } = require('./cases.js');
const { sampleLinesOf } = require('./client.js');
const { createResults } = require('./results.js');
const { startServer } = require('./server.js');
const { createWorkload } = require('./workload.js');

const leastSamples = 15;
const turns = 3;
const turnMs = 170;
const holdScrapes = 5;
const warmUp = { scrapes: 10, ms: 1000, enoughScrapes: 3, enoughMs: 2000 };

/** Measures all peers side by side, in so many runs. Gives what was found by peer, lines and case. */
async function measureAll(peers, { lines, runs }, tell) {
  const results = createResults();
  for (const count of lines)
    for (let run = 1; run <= runs; run += 1) {
      tell(`${count} lines, run ${run} of ${runs}`);
      await measureRun(results, peers, count, Math.ceil(leastSamples / turns / runs));
    }
  return results;
}

// All processes are fresh in each run. Within a case the peers take turns, so that what else the machine does hits all of them.
async function measureRun(results, peers, lines, samples) {
  const servers = new Map();
  try {
    for (const peer of peers) servers.set(peer, await startServer(peer, lines));
    for (const { name } of cases) {
      const contests = [...servers].flatMap(([peer, server]) =>
        casesOf(peer)
          .filter((one) => one.name === name)
          .map((one) => ({ peer, server, one, result: results.of(peer, lines, name) })),
      );
      for (const contest of contests) await prepare(contest, lines);
      for (let turn = 0; turn < turns; turn += 1) for (const contest of contests) await takeSamples(contest, samples);
      if (name === 'children') for (const contest of contests) await measureProcess(contest, results.memory(contest.peer, lines));
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

async function prepare({ peer, server, one }, lines) {
  await server.client.control('mode', one.mode);
  const found = (await sampleLinesOf(await server.client.scrape(one.encoding))).length;
  const expected = createWorkload(lines).lines;
  if (found !== expected) throw new Error(`${peer.title}, ${one.title}: ${found} lines instead of ${expected}`);
  await scrapeWhile(server, one, (scrapes, ms) => !isWarm(scrapes, ms));
}

const isWarm = (scrapes, ms) =>
  (scrapes >= warmUp.scrapes && ms >= warmUp.ms) || (scrapes >= warmUp.enoughScrapes && ms >= warmUp.enoughMs);

async function takeSamples({ server, one, result }, least) {
  // The others were at work in between: the first scrape of a turn does not count.
  await server.client.scrape(one.encoding);
  const cpu = server.cpu();
  const answers = await scrapeWhile(server, one, (scrapes, ms) => scrapes < least || ms < turnMs);
  result.cpu += server.cpu() - cpu;
  result.times.push(...answers.map(({ ms }) => ms));
  Object.assign(result, { encoding: answers[0].encoding, bytes: answers[0].bytes });
}

async function measureProcess({ peer, server, one, result }, memory) {
  memory.push(server.peakMemory());
  if (!peer.isNode) return;
  await server.client.control('hold', 'start');
  await scrapeWhile(server, one, (scrapes) => scrapes < holdScrapes);
  result.holds.push(await server.client.control('hold', 'stop'));
}

async function scrapeWhile({ client }, { encoding }, isNeeded) {
  const answers = [];
  const began = performance.now();
  while (isNeeded(answers.length, performance.now() - began)) {
    const answer = await client.scrape(encoding);
    answers.push({ ms: answer.ms, encoding: answer.encoding, bytes: answer.chunks.reduce((total, { length }) => total + length, 0) });
  }
  return answers;
}

module.exports = { measureAll };
