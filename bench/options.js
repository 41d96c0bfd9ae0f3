'use strict';
const { parseArgs } = require('node:util');

const usage = 'npm run bench -- [--quick] [--lines 100,10000] [--peers expositor,python] [--runs 3] [--write]';

/** Reads the command line of the bench; ends the process where it cannot be read, or asks how it is written. */
function parseOptions(argv) {
  const values = parse(argv);
  if (values.help) end(0, usage);
  const lines = (values.lines ?? (values.quick ? '1000,10000' : '100,1000,10000,100000')).split(',').map(Number);
  const runs = Number(values.runs ?? (values.quick ? 1 : 3));
  if (![...lines, runs].every((number) => Number.isInteger(number) && number > 0))
    end(2, `--lines and --runs are whole numbers above 0.\n${usage}`);
  return { lines, peers: values.peers?.split(','), runs, isWritten: values.write };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        lines: { type: 'string' },
        peers: { type: 'string' },
        runs: { type: 'string' },
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return end(2, `${error.message}\n${usage}`);
  }
}

function end(code, text) {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

module.exports = { parseOptions };
