'use strict';
// The benchmark against peers; `--help` tells its options.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { renderChart } = require('./chart.js');
const { checkPeers } = require('./check.js');
const { writeDocument } = require('./document.js');
const { measureAll } = require('./measure.js');
const { parseOptions } = require('./options.js');
const { preparePeers } = require('./peers.js');
const { renderFigures } = require('./table.js');
const { measureThroughput } = require('./throughput.js');
const { measureUpdates } = require('./update.js');

const throughputLines = 10_000;
const tell = (text) => console.error(text);

async function main() {
  const options = parseOptions(process.argv.slice(2));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'expositor-bench-'));
  try {
    const { ready: peers, missing } = preparePeers(options.peers, folder);
    for (const peer of missing) tell(`left out: ${peer}`);
    await checkPeers(peers);
    tell(`all ${peers.length} peers show the same samples`);
    const results = await measureAll(peers, options, tell);
    const throughput = await measureThroughput(peers, throughputLines, tell);
    const updates = await measureUpdates(peers);
    const found = { peers, missing, lines: options.lines, results, throughput, updates };
    const figures = `${describeRun(options)}\n\n${renderFigures(found)}`;
    console.log(figures);
    if (options.isWritten) await writeDocument(figures, renderChart(found));
    console.log(`\n### The command line\n\n${execFileSync(process.execPath, [path.join(__dirname, 'help.js')], { encoding: 'utf8' })}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function describeRun({ runs }) {
  const [{ model }] = os.cpus();
  return `Node ${process.versions.node}, ${os.cpus().length} × ${model}; ${runs} interleaved runs.`;
}

void main();
