'use strict';
const { parseArgs } = require('node:util');

/** Reads the command line of the bench. */
function parseOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      lines: { type: 'string' },
      peers: { type: 'string' },
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  return {
    lines: (values.lines ?? (values.quick ? '1000,10000' : '100,1000,10000,100000')).split(',').map(Number),
    peers: values.peers?.split(','),
    runs: Number(values.runs ?? (values.quick ? 1 : 3)),
    isWritten: values.write,
  };
}

module.exports = { parseOptions };
