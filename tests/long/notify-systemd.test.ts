import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { killListeners, listenNotifications } from '../listen-notifications.js';
import { describeWith } from '../real-parts.js';
import { killPrograms, startProgram } from '../start-program.js';

const folder = mkdtempSync(join(tmpdir(), 'expositor-systemd-'));
afterAll(() => {
  killPrograms();
  killListeners();
  rmSync(folder, { recursive: true });
});

let count = 0;
const listen = () => listenNotifications(join(folder, `${(count += 1)}.sock`));

type Listener = Awaited<ReturnType<typeof listen>>;

const start = (name: string, { socket }: Listener, parameters: readonly string[] = [], env: Record<string, string> = {}) =>
  startProgram(name, ['--port', '0', ...parameters], { NOTIFY_SOCKET: socket, ...env });

/** Puts a program of this content where only PATH finds it; returns its folder. */
function install(script: string): string {
  const tools = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(tools, 'systemd-notify'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(tools, 'systemd-notify'), 0o755);
  return tools;
}

describeWith(['systemd-notify', 'python3'], 'systemd', () => {
  test.each(['a path', 'an abstract name'])('hears at %s what an exporter does', async (kind) => {
    const listener = kind === 'a path' ? await listen() : await listenNotifications(`@${folder}`);
    const program = start('slow', listener);
    await listener.until('READY=1');
    const url = await program.url();
    expect((await fetch(url)).status).toBe(200);
    program.child.kill('SIGHUP');
    await listener.until('READY=1', 2);
    program.child.kill('SIGTERM');
    expect(await program.exited).toEqual([0, null]);
    expect(listener.notifications).toEqual([
      ['READY=1', `STATUS=Listening at ${url}`],
      ['RELOADING=1', expect.stringMatching(/^MONOTONIC_USEC=\d+$/), 'STATUS=Reloading'],
      ['READY=1', `STATUS=Listening at ${url}`],
      ['STOPPING=1', 'STATUS=Stopping'],
    ]);
    expect(program.log().filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('is told of the moment when a reload began, by its own clock', async () => {
    const listener = await listen();
    const program = start('slow', listener);
    await listener.until('READY=1');
    const before = process.hrtime.bigint() / 1_000n;
    program.child.kill('SIGHUP');
    await listener.until('RELOADING=1');
    const after = process.hrtime.bigint() / 1_000n;
    const began = BigInt(listener.notifications.at(1)?.[1]?.replace('MONOTONIC_USEC=', '') ?? 0);
    expect([began >= before, began <= after]).toEqual([true, true]);
  });

  test('hears that a reload failed', async () => {
    const listener = await listen();
    const program = start('watched', listener);
    await listener.until('READY=1');
    const url = await program.url();
    program.child.kill('SIGHUP');
    await listener.until('READY=1', 2);
    expect(listener.states()).toEqual(['READY=1', 'RELOADING=1', 'READY=1']);
    expect(listener.notifications.at(-1)?.[1]).toBe(`STATUS=Last reload failed. Listening at ${url}`);
  });

  test.each([
    ['a startup hook', 'stages', ['--stage', 'startup'], 'in startup', ['STOPPING=1']],
    ['a shutdown hook', 'stages', ['--stage', 'shutdown'], 'in none', ['READY=1', 'STOPPING=1']],
    ['a reload', 'stages', ['--stage', 'reload'], 'in reload', ['READY=1', 'RELOADING=1', 'STOPPING=1']],
  ] as const)('hears of a stop while %s is still running', async (_rule, name, parameters, stage, states) => {
    const listener = await listen();
    const program = start(name, listener, parameters);
    if (stage !== 'in startup') await listener.until('READY=1');
    if (stage === 'in reload') program.child.kill('SIGHUP');
    if (stage !== 'in none') await program.until(stage);
    program.child.kill('SIGTERM');
    await listener.until('STOPPING=1');
    expect(program.child.exitCode).toBeNull();
    expect(program.stderr()).not.toContain('shut down');
    expect(listener.states()).toEqual(states);
    program.child.kill('SIGTERM');
    expect(await program.exited).toEqual([143, null]);
    expect(listener.states()).toEqual(states);
  });

  test('does not hear that a program is ready which cannot listen', async () => {
    const listener = await listen();
    const taken = createServer().listen(0, 'localhost');
    await once(taken, 'listening');
    const program = start('slow', listener, ['--port', String((taken.address() as AddressInfo).port)]);
    expect(await program.exited).toEqual([1, null]);
    taken.close();
    expect(listener.states()).toEqual(['STOPPING=1']);
  });

  test('hears the beats of its watchdog, until the event loop is blocked', async () => {
    const listener = await listen();
    const program = start('watched', listener, ['--block'], { WATCHDOG_USEC: '200000' });
    await listener.until('WATCHDOG=1', 3);
    expect(listener.notifications.slice(0, 2)).toEqual([['READY=1', expect.any(String)], ['WATCHDOG=1']]);
    const answer = fetch(new URL('metrics', await program.url()));
    answer.catch(() => {});
    await program.until('scrape begins');
    // Some may still be on their way: none comes any more at last.
    for (let beats = -1; beats !== listener.count('WATCHDOG=1'); await wait(1_000)) beats = listener.count('WATCHDOG=1');
    program.child.kill('SIGKILL');
    await expect(answer).rejects.toThrow();
  });

  test('hears no beats where its watchdog watches another process', async () => {
    const listener = await listen();
    const program = start('slow', listener, [], { WATCHDOG_USEC: '20000', WATCHDOG_PID: '1' });
    await listener.until('READY=1');
    await wait(200);
    program.child.kill('SIGTERM');
    await program.exited;
    expect(listener.notifications.map(([first]) => first)).toEqual(['READY=1', 'STOPPING=1']);
  });

  test('finds its variables gone from what children inherit', async () => {
    const listener = await listen();
    const program = start('watched', listener, [], { WATCHDOG_USEC: '60000000' });
    await program.url();
    expect(program.log()[0]).toMatchObject({ msg: 'configured', inherited: [] });
  });
});

test('a program that systemd-notify is missing for costs one warning, and the exporter serves', async () => {
  const program = startProgram('slow', ['--port', '0'], { NOTIFY_SOCKET: join(folder, 'none'), PATH: folder, WATCHDOG_USEC: '50000' });
  const url = await program.url();
  await program.until('systemd not notified');
  program.child.kill('SIGHUP');
  await program.until('nothing to reload');
  expect((await fetch(url)).status).toBe(200);
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);
  expect(program.log().filter(({ level }) => level !== 'info')).toEqual([
    expect.objectContaining({
      level: 'warning',
      msg: 'systemd not notified',
      error: 'NOTIFY_SOCKET: systemd-notify is not found. Install it, or add its folder to PATH.',
    }),
  ]);
});

test('a program that systemd-notify hangs for ends all the same', async () => {
  const program = startProgram('slow', ['--port', '0'], { NOTIFY_SOCKET: 'none', PATH: install('exec /bin/sleep 20') });
  await program.url();
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);
  expect(program.log().at(-1)).toMatchObject({ msg: 'stopped', code: 0 });
});

test.each([
  ['runs where NOTIFY_SOCKET is set', { NOTIFY_SOCKET: join(folder, 'none') }, true],
  ['does not run where it is not, watched or not', { WATCHDOG_USEC: '20000' }, false],
] as [string, Record<string, string>, boolean][])('the program %s', async (_rule, env, runs) => {
  const trace = join(folder, `trace-${runs}`);
  const program = startProgram('slow', ['--port', '0'], { ...env, PATH: install(`echo "$*" >> ${trace}`) });
  await program.url();
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);
  expect(existsSync(trace)).toBe(runs);
});
