import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/* A process of its own, since it is about the process's own streams; on the sources, so that nothing must be built. */
const root = join(__dirname, '../..');
const script = `
  const { ignoreWriteErrors, exitProcess } = require('./src/run/process.ts');
  const { createLogger } = require('./src/log.ts');
  ignoreWriteErrors();
  const log = createLogger('info', process.argv[1], process.stderr);
  log.info('one');
  process.stdout.write('help');
  setTimeout(() => {
    log.error(new Error('two'));
    process.stdout.write('more');
    setTimeout(() => exitProcess(7), 20);
  }, 20);`;

// Every write to this device fails with ENOSPC.
test.each(['plain', 'json'])('a full disk below stdout and stderr ends nothing: %s', (format) => {
  const full = openSync('/dev/full', 'w');
  const { status, signal } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script, format], {
    cwd: root,
    stdio: ['ignore', full, full],
  });
  closeSync(full);
  expect([status, signal]).toEqual([7, null]);
});
