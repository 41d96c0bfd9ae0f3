import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What tests borrow from outside, with how to find out whether it is installed. */
const parts = {
  promtool: () => hasCommand('promtool'),
  prometheus: () => hasCommand('prometheus'),
  openssl: () => hasCommand('openssl'),
  nginx: () => hasCommand('nginx'),
  'systemd-notify': () => hasCommand('systemd-notify'),
  'systemd-analyze': () => hasCommand('systemd-analyze'),
  'systemd-socket-activate': () => hasCommand('systemd-socket-activate'),
  curl: () => hasCommand('curl'),
  // Debian's Python, since another one may come first in PATH and lack the module.
  python3: () => isExecutable('/usr/bin/python3'),
  'python3-prometheus-client': () => spawnSync('/usr/bin/python3', ['-c', 'import prometheus_client']).status === 0,
} as const;

type Part = keyof typeof parts;

/** A `describe` that is skipped, and says so in its title, where a part is not installed; not where all must be there. */
export function describeWith(needed: Part | readonly Part[], name: string, run: () => void): void {
  const missing = [needed].flat().filter((part) => !parts[part as Part]());
  if (missing.length === 0) describe(name, run);
  else if (process.env['REAL_PARTS'] === 'required') throw new Error(`${name}: ${missing.join(', ')} is not installed. Install it.`);
  else describe.skip(`${name} (skipped: ${missing.join(', ')} is not installed)`, run);
}

function hasCommand(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
