'use strict';
// What the package sets out to reach, beside what was found. Nothing here fails.
const { median } = require('./statistics.js');

/** How many times faster than whom each scrape has to be, at least and if all goes well, from 10,000 lines on. */
const speeds = {
  children: { 'prom-client': { least: 6, aim: 10 }, 'client-golang': { least: 4, aim: 8 }, python: { least: 12 } },
  labels: { 'prom-client': { least: 4, aim: 6 }, 'client-golang': { least: 3, aim: 5 }, python: { least: 8 } },
  'labels-identity': { 'prom-client': { least: 4 }, 'client-golang': { least: 2.5 }, python: { least: 8 } },
  unchanged: { 'prom-client': { least: 20, aim: 40 }, 'client-golang': { least: 15 }, python: { least: 50 } },
};

/** The target of a ratio at a size: at small sizes it is never to be slower than prom-client. */
function speedTarget(name, rival, lines) {
  if (lines >= 10_000) return speeds[name][rival];
  return lines <= 100 && rival === 'prom-client' ? { least: 1 } : undefined;
}

/** The targets that are no ratios of latency, with what was found. */
function otherTargets(results, lines, updates) {
  const time = (name, count, one) => median(results.of({ name }, count, one).times);
  const memory = (name) => median(results.memory({ name }, 100_000));
  const limits = lines
    .filter((count) => count >= 10_000)
    .map((count) => ({
      title: `unchanged at ${count.toLocaleString('en')} lines: times the pre-rendered page`,
      found: time('expositor', count, 'unchanged') / time('pre-rendered', count, 'unchanged'),
      most: 2,
      aim: 1.5,
    }));
  return [
    ...limits,
    {
      title: 'peak resident memory at 100,000 lines: part of prom-client’s',
      found: memory('expositor') / memory('prom-client'),
      most: 0.5,
    },
    ...(updates ?? [])
      .filter(({ least }) => least)
      .map(({ title, ratio, least }) => ({ title: `${title}: times faster than prom-client`, found: ratio, least })),
  ].filter(({ found }) => Number.isFinite(found));
}

/** Says whether a target is met, and, where it is, whether the aim beyond it is as well. */
function judge(found, { least, most, aim }) {
  const isMet = (bound) => (most === undefined ? found >= bound : found <= bound);
  const say = (bound) => `${bound} ${isMet(bound) ? 'met' : '**not met**'}`;
  const bound = least ?? most;
  return aim === undefined || !isMet(bound) ? say(bound) : `${say(bound)}, aim ${say(aim)}`;
}

module.exports = { judge, otherTargets, speedTarget };
