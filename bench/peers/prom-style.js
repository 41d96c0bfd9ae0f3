'use strict';
// What is done to metrics of prom-client's kind, as prom-client and expositor have them. One process holds one peer, so that
// neither spoils what the compiler knows of the other.

const { shuffle } = require('../workload.js');

/** Fills the counters and histograms, and makes the ways to update: each goes once over all series of its kind. */
function createUpdates(workload, { gauges, counters, histograms }) {
  for (const { family, value, method, path, status } of workload.counters) counters[family].inc({ method, path, status }, value);
  for (const { family, observations, method, path, status } of workload.histograms)
    for (const value of observations) histograms[family].observe({ method, path, status }, value);
  const gaugeChildren = workload.gauges.map(({ family, database, host, shard }) => gauges[family].labels(database, host, shard));
  const counterChildren = workload.counters.map(({ family, method, path, status }) => counters[family].labels(method, path, status));
  const histogramChildren = workload.histograms.map(({ family, method, path, status }) => histograms[family].labels(method, path, status));
  const places = workload.gauges.map((_, i) => i);
  const shuffledPlaces = shuffle(places);
  // One loop for both orders, so that these are all that differs.
  const setAll = (values, order) => {
    for (const i of order) {
      const { family, database, host, shard } = workload.gauges[i];
      gauges[family].set({ database, host, shard }, values[i]);
    }
    return order.length;
  };
  return {
    labels: (values) => setAll(values, places),
    shuffledLabels: (values) => setAll(values, shuffledPlaces),
    children(values) {
      for (let i = 0; i < gaugeChildren.length; i += 1) gaugeChildren[i].set(values[i]);
      return gaugeChildren.length;
    },
    incLabels() {
      for (const { family, method, path, status } of workload.counters) counters[family].inc({ method, path, status });
      return workload.counters.length;
    },
    incChildren() {
      for (const child of counterChildren) child.inc();
      return counterChildren.length;
    },
    observeLabels() {
      let count = 0;
      for (const { family, observations, method, path, status } of workload.histograms)
        for (const value of observations) {
          histograms[family].observe({ method, path, status }, value);
          count += 1;
        }
      return count;
    },
    observeChildren() {
      let count = 0;
      for (let i = 0; i < histogramChildren.length; i += 1)
        for (const value of workload.histograms[i].observations) {
          histogramChildren[i].observe(value);
          count += 1;
        }
      return count;
    },
  };
}

module.exports = { createUpdates };
