'use strict';
// What is measured at each size. The first one comes first in a fresh process, so that its peak of memory is its own.

const cases = [
  { name: 'children', mode: 'children', encoding: 'gzip', title: 'all gauges set through bound children, gzip', short: 'children, gzip' },
  { name: 'labels', mode: 'labels', encoding: 'gzip', title: 'all gauges set through `set({ … }, v)`, gzip', short: 'set, gzip' },
  { name: 'labels-identity', mode: 'labels', encoding: 'identity', title: 'the same, identity', short: 'set, identity' },
  { name: 'unchanged', mode: 'unchanged', encoding: 'gzip', title: 'values unchanged, gzip', short: 'unchanged, gzip' },
];

/** The cases that a peer takes part in, with the encodings that it has. */
function casesOf(peer) {
  return cases
    .filter(({ name }) => peer.cases === undefined || peer.cases.includes(name))
    .map((one) => ({ ...one, encoding: peer.hasGzip ? one.encoding : 'identity' }));
}

module.exports = { cases, casesOf };
