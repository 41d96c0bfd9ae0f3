import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programVersion } from '../../src/run/program-version.js';

const folder = mkdtempSync(join(tmpdir(), 'expositor-version-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the nearest package.json with a version counts, also through a link', () => {
  mkdirSync(join(folder, 'package/dist/inner'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'package/package.json'), '{ "version": "4.5.6" }');
  writeFileSync(join(folder, 'package/dist/package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(folder, 'package/dist/inner/package.json'), 'no JSON');
  writeFileSync(join(folder, 'package/dist/inner/main.js'), '');
  symlinkSync('../package/dist/inner/main.js', join(folder, 'bin/program'));
  expect(programVersion(join(folder, 'package/dist/inner/main.js'))).toBe('4.5.6');
  expect(programVersion(join(folder, 'bin/program'))).toBe('4.5.6');
});

test('without any the version is unknown', () => {
  writeFileSync(join(folder, 'alone.js'), '');
  expect(programVersion(join(folder, 'alone.js'))).toBe('unknown');
  expect(programVersion(join(folder, 'missing.js'))).toBe('unknown');
});
