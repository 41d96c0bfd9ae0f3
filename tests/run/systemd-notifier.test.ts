import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, silentLogger } from '../../src/log.js';
import { SystemdNotifier } from '../../src/run/systemd-notifier.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'expositor-notify-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A notifier that finds a program of this name and with this content, which may write to `$NOTIFY_SOCKET`, a file. */
function create(script: string | undefined, timeoutMilliseconds = 10_000) {
  const file = join(folder, 'systemd-notify');
  const said = join(folder, 'said');
  writeFileSync(said, '');
  if (script !== undefined) {
    writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(file, 0o755);
  }
  const lines: unknown[] = [];
  const log: Logger = {
    ...silentLogger,
    warn: (fields: object | string) => void lines.push(['warn', fields]),
    debug: (fields: object | string) => void lines.push(['debug', fields]),
  };
  const notifier = new SystemdNotifier({ socket: said, path: folder, log, timeoutMilliseconds });
  return { notifier, lines, said: () => readFileSync(said, 'utf8').split('\n').filter(Boolean) };
}

test('what is said is said in order, by one program at a time', async () => {
  const { notifier, said, lines } = create('echo "$* begins" >> "$NOTIFY_SOCKET"; sleep 0.1; echo "$* ends" >> "$NOTIFY_SOCKET"');
  notifier.notify(['READY=1', 'STATUS=Listening at http://[::1]:1/ and more']);
  notifier.notify(['RELOADING=1']);
  await notifier.settled();
  notifier.notify(['STOPPING=1']);
  await notifier.settled();
  expect(said()).toEqual([
    'READY=1 STATUS=Listening at http://[::1]:1/ and more begins',
    'READY=1 STATUS=Listening at http://[::1]:1/ and more ends',
    'RELOADING=1 begins',
    'RELOADING=1 ends',
    'STOPPING=1 begins',
    'STOPPING=1 ends',
  ]);
  expect(lines).toEqual([]);
});

test('what is yet to be said is not said again', async () => {
  const { notifier, said } = create('echo "$*" >> "$NOTIFY_SOCKET"');
  const beat = ['WATCHDOG=1'];
  for (let times = 0; times < 5; times += 1) notifier.notify(beat);
  notifier.notify(['STOPPING=1']);
  await notifier.settled();
  // The first is on its way when the second comes.
  expect(said()).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1']);
});

test('the program gets its own variables and no others', async () => {
  const { notifier, said } = create('env | cut -d= -f1 | grep -v -e ^_ -e ^PWD -e ^SHLVL -e ^OLDPWD | sort >> "$NOTIFY_SOCKET"');
  notifier.notify(['READY=1']);
  await notifier.settled();
  expect(said()).toEqual(['NOTIFY_SOCKET', 'PATH']);
});

test.each<[rule: string, script: string | undefined, error: RegExp, timeout: number]>([
  ['is missing', undefined, /^NOTIFY_SOCKET: systemd-notify is not found\. Install it, or add its folder to PATH\.$/, 10_000],
  ['fails', 'echo Failed to invoke barrier. >&2; exit 1', /^NOTIFY_SOCKET: systemd-notify: Failed to invoke barrier\. Look at /, 10_000],
  ['fails without a word', 'exit 3', /^NOTIFY_SOCKET: systemd-notify: fails with 3\. Look at /, 10_000],
  ['does not end', 'exec sleep 60', /^NOTIFY_SOCKET: systemd-notify: does not end\. Look at /, 100],
])('a program that %s costs one warning', async (_rule, script, error, timeout) => {
  const { notifier, lines } = create(script, timeout);
  notifier.notify(['READY=1']);
  notifier.notify(['STOPPING=1']);
  await notifier.settled();
  expect(lines).toEqual([
    ['warn', { error: expect.stringMatching(error) }],
    ['debug', { error: expect.any(String) }],
  ]);
});

test('a program that is stopped with the whole unit costs none', async () => {
  const { notifier, lines } = create('kill $$');
  notifier.notify(['WATCHDOG=1']);
  await notifier.settled();
  expect(lines).toEqual([]);
});
