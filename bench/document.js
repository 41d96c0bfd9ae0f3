'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');

const folder = path.join(__dirname, '../docs');
const markers = /(?<=<!-- figures -->\n)[^]*(?=<!-- \/figures -->)/;

/** Puts the figures into docs/performance.md and the chart beside it. */
async function writeDocument(figures, chart) {
  const file = path.join(folder, 'performance.md');
  const text = readFileSync(file, 'utf8').replace(markers, () => `\n${figures}\n\n`);
  writeFileSync(file, await prettier.format(text, { ...(await prettier.resolveConfig(file)), parser: 'markdown' }));
  writeFileSync(path.join(folder, 'performance.svg'), chart);
}

module.exports = { writeDocument };
