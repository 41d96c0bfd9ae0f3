import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeWith } from '../real-parts.js';
import { blocksOf } from './markdown.js';

const guide = readFileSync(join(__dirname, '../../docs/guide/systemd.md'), 'utf8');
/** The units that the guide shows, by the path in their first line. */
const units = blocksOf(guide)
  .filter(({ language }) => language === 'ini')
  .map(({ code }) => ({ name: basename(/^# (\S+)/.exec(code)?.[1] ?? ''), code: code.replace('/usr/bin/node', process.execPath) }));

describeWith('systemd-analyze', 'the units of the guide', () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'expositor-units-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const verify = (all: typeof units) => {
    for (const { name, code } of all) writeFileSync(join(folder, name), code);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...all.map(({ name }) => join(folder, name))], { encoding: 'utf8' });
    return { status, stderr };
  };

  test('are good ones', () => {
    expect(units.map(({ name }) => name)).toEqual(['weather-exporter.service', 'weather-exporter.socket']);
    expect(verify(units)).toEqual({ status: 0, stderr: '' });
  });

  test('would be told if they were not', () => {
    expect(verify([{ name: 'wrong.service', code: '[Service]\nNotfyAccess=all\nExecStart=/bin/true\n' }]).stderr).toContain('NotfyAccess');
  });
});
