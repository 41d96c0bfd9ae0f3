'use strict';
// The figures as Markdown.
const { cases } = require('./cases.js');
const { median, quantile } = require('./statistics.js');
const { judge, otherTargets, speedTarget } = require('./targets.js');

const rivals = ['prom-client', 'client-golang', 'python'];
const figure = (value = NaN, digits = 3) => (Number.isFinite(value) ? Number(value.toPrecision(digits)).toLocaleString('en') : '–');
const lineCount = (lines) => `${lines.toLocaleString('en')} lines`;
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The ratios first, then what they are made from. */
function renderFigures({ peers, lines, results, updates, throughput, missing }) {
  return [
    ...(missing.length > 0 ? [`Could not be run and is left out: ${missing.join('; ')}.`] : []),
    '### Times faster',
    renderRatios(peers, lines, results),
    '### Other targets',
    renderTargets(otherTargets(results, lines, updates)),
    ...lines.flatMap((count) => [`### ${lineCount(count)}`, renderSize(peers, count, results)]),
    '### One update',
    renderUpdates(updates),
    '### Throughput',
    renderThroughput(peers, throughput),
  ].join('\n\n');
}

function renderRatios(peers, lines, results) {
  const present = rivals.map((name) => peers.find((peer) => peer.name === name)).filter((peer) => peer !== undefined);
  if (present.length === 0 || !peers.some(({ name }) => name === 'expositor')) return 'There is nobody to compare with.';
  const rows = cases.flatMap(({ name, title }) =>
    lines.map((count) => [title, lineCount(count), ...present.map((peer) => renderRatio(results, peer, count, name))]),
  );
  return table(['each scrape', 'of', ...present.map(({ title }) => `than ${title}`)], rows);
}

function renderRatio(results, rival, lines, name) {
  const time = (peer) => median(results.of(peer, lines, name).times);
  const ratio = time(rival) / time({ name: 'expositor' });
  const target = speedTarget(name, rival.name, lines);
  return target === undefined ? figure(ratio) : `${figure(ratio)} (${judge(ratio, target)})`;
}

const renderTargets = (targets) =>
  table(
    ['what', 'found', 'target'],
    targets.map((one) => [one.title, figure(one.found), `at ${one.most === undefined ? 'least' : 'most'} ${judge(one.found, one)}`]),
  );

function renderSize(peers, lines, results) {
  const head = ['p50 (p99) in ms', ...cases.map(({ short }) => short), 'bytes, gzip', 'bytes', 'CPU, ms', 'peak, MiB', 'longest hold, ms'];
  const rows = peers.map((peer) => {
    const first = results.of(peer, lines, 'children');
    return [
      peer.title,
      ...cases.map(({ name, encoding }) => renderTimes(results.of(peer, lines, name), encoding)),
      ...['gzip', 'identity'].map((encoding) => renderBytes(peer, lines, results, encoding)),
      figure(first.cpu / first.times.length),
      figure(median(results.memory(peer, lines))),
      figure(median(first.holds)),
    ];
  });
  return table(head, rows);
}

// A peer that has no gzip answers without.
function renderTimes({ times, encoding }, asked) {
  if (times.length === 0) return '–';
  return `${figure(median(times))} (${figure(quantile(times, 0.99))})${encoding === asked ? '' : ` ${encoding}`}`;
}

function renderBytes(peer, lines, results, encoding) {
  return figure(
    ['children', 'labels-identity'].map((name) => results.of(peer, lines, name)).find((one) => one.encoding === encoding)?.bytes,
    9,
  );
}

function renderUpdates(updates) {
  if (updates === undefined) return 'Not measured: it takes expositor and prom-client.';
  return table(
    ['update', 'expositor, ns', 'prom-client, ns', 'times faster'],
    updates.map(({ title, own, rival, ratio }) => [title, figure(own), figure(rival), figure(ratio)]),
  );
}

function renderThroughput(peers, throughput) {
  if (throughput === undefined) return 'Not measured: there is no `wrk`.';
  const { lines, connections, rates } = throughput;
  const head = [`scrapes a second, ${lineCount(lines)}`, ...connections.map((count) => `${count} connection${count === 1 ? '' : 's'}`)];
  return table(
    head,
    peers.map((peer) => [peer.title, ...rates.get(peer.name).map((rate) => figure(rate))]),
  );
}

module.exports = { renderFigures };
