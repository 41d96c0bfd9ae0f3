'use strict';
// The workload that every peer holds: the same series with the same values, from one seeded generator.
// peers/client-golang/main.go and peers/python.py say the same again; check.js compares what comes out.

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const observations = 20;
const linesOfHistogram = buckets.length + 3;
const rounds = 4;

const numbered = (prefix, count, suffix = '') => Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, '0')}${suffix}`);

/** The names of the families and of their labels. */
const families = {
  gauge: { names: numbered('app_gauge_', 10), labels: ['database', 'host', 'shard'] },
  counter: { names: numbered('app_counter_', 5, '_total'), labels: ['method', 'path', 'status'] },
  histogram: { names: numbered('app_histogram_', 2), labels: ['method', 'path', 'status'] },
};

/** Creates the series of about so many exposition lines, and the values of some rounds of gauges, over which scrapes go in turn. */
function createWorkload(lines) {
  const random = createGenerator();
  const gauges = spread(Math.round(lines * 0.6), families.gauge.names.length, gaugeLabels);
  const first = gaugeValues(gauges.length, random);
  const counters = spread(Math.round(lines * 0.2), families.counter.names.length, requestLabels);
  for (const series of counters) series.value = Math.floor(random() * 1e9);
  const histograms = spread(Math.max(1, Math.round((lines * 0.2) / linesOfHistogram)), families.histogram.names.length, requestLabels);
  for (const series of histograms) series.observations = Array.from({ length: observations }, () => observation(random));
  const later = Array.from({ length: rounds - 1 }, () => gaugeValues(gauges.length, random));
  return {
    gauges,
    counters,
    histograms,
    rounds: [first, ...later],
    lines: gauges.length + counters.length + histograms.length * linesOfHistogram,
  };
}

/** The same items in an order that is always the same, and goes anywhere. */
function shuffle(items) {
  const random = createGenerator();
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Numbers from 0 to below 1. */
function createGenerator() {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function gaugeValues(count, random) {
  return Float64Array.from({ length: count }, (_, i) => valueKinds[i % valueKinds.length](random()));
}

const valueKinds = [
  (part) => Math.floor(part * 1e6),
  (part) => Math.floor(part * 1e5) / 100,
  (part) => part * 1000,
  (part) => (part < 0.5 ? 0 : 1),
];

function observation(random) {
  const part = random();
  return part * part * 11;
}

function spread(count, familyCount, labelsOf) {
  return Array.from({ length: familyCount }, (_, family) => {
    const length = Math.floor(count / familyCount) + (family < count % familyCount ? 1 : 0);
    return Array.from({ length }, (__, i) => ({ family, ...labelsOf(i) }));
  }).flat();
}

function gaugeLabels(i) {
  return {
    database: `db-${String(i % 20).padStart(2, '0')}`,
    host: `host-${String(i).padStart(5, '0')}.example.com`,
    shard: String(i % 16),
  };
}

function requestLabels(i) {
  return {
    method: ['GET', 'POST', 'PUT', 'DELETE'][i % 4],
    path: `/api/v1/resource/${i}`,
    status: ['200', '204', '404', '500'][Math.floor(i / 4) % 4],
  };
}

module.exports = { buckets, createWorkload, families, shuffle };
