'use strict';
// node run.js: runs smoke.js with this Node, and with the newest one of each later line, which npm has as a package.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const lines = [22, 24];
const smoke = path.join(__dirname, 'smoke.js');
const run = (node) => execFileSync(node, [smoke], { stdio: 'inherit' });

run(process.execPath);
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
for (const line of lines) {
  const folder = mkdtempSync(path.join(tmpdir(), `node-${line}-`));
  try {
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, `node-${platform}@${line}`], { stdio: 'inherit' });
    run(path.join(folder, `node_modules/node-${platform}/bin/node`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
