'use strict';

/** Creates the place for what is found, by peer, lines and case; each entry is made when it is first asked for. */
function createResults() {
  const found = new Map();
  const get = (key, create) => found.get(key) ?? found.set(key, create()).get(key);
  return {
    /** Milliseconds of each sample, longest holds, processor time of all samples, and what the answer was like. */
    of: (peer, lines, name) =>
      get(`${peer.name} ${lines} ${name}`, () => ({ times: [], holds: [], cpu: 0, bytes: NaN, encoding: undefined })),
    /** Peaks of memory in MiB, one a run. */
    memory: (peer, lines) => get(`${peer.name} ${lines}`, () => []),
  };
}

module.exports = { createResults };
