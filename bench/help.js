'use strict';
// What `--help` costs beside a bare node that loads clipanion: whole processes, in turn, medians.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const rounds = Number(process.argv[2] ?? 25);
const contestants = {
  'node -e 0': ['-e', '0'],
  'node, clipanion loaded': ['-e', "require('clipanion')"],
  'expositor-sample --help': [path.join(root, 'dist/samples/sample/main.js'), '--help'],
};

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, parameters] of Object.entries(contestants)) {
    const began = process.hrtime.bigint();
    execFileSync(process.execPath, parameters, { cwd: root, stdio: 'ignore' });
    // The first round warms the disk's cache.
    if (round > 0) times[name].push(Number(process.hrtime.bigint() - began) / 1e6);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const base = median(times['node, clipanion loaded']);
console.log(`| command | median ms of ${rounds} | times node + clipanion |\n|---|---|---|`);
for (const [name, values] of Object.entries(times))
  console.log(`| ${name} | ${median(values).toFixed(1)} | ${(median(values) / base).toFixed(2)} |`);
