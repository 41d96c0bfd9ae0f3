import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { killPrograms, startProgram } from '../start-program.js';

/* The program as its operator has it: a process of its own, on the built package (`npm test` builds first). */
const root = join(__dirname, '../..');
const slow = join(root, 'tests/fixtures/programs/slow.ts');

afterAll(killPrograms);

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s during a slow scrape lets the scrape have its answer, runs the hooks and exits with 0',
  async (signal) => {
    const program = startProgram('slow', ['--port', '0', '--until', signal]);
    const url = await program.url();
    const answer = fetch(new URL('metrics', url));
    await program.until('scrape begins');
    program.child.kill(signal);
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    expect(await response.text()).toContain('scrapes_total 1');
    expect(await program.exited).toEqual([0, null]);
    expect(program.log().map(({ msg }) => msg)).toEqual([
      'listening',
      'scrape begins',
      'stopping',
      'scrape ends',
      'shutdown hook runs',
      'stopped',
    ]);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a second %s exits at once with %i', async (signal, code) => {
  const program = startProgram('slow', ['--port', '0', '--until', 'SIGUSR2']);
  const url = await program.url();
  const answer = fetch(new URL('metrics', url)).catch(() => undefined);
  await program.until('scrape begins');
  program.child.kill(signal);
  await program.until('stopping');
  program.child.kill(signal);
  expect(await program.exited).toEqual([code, null]);
  await answer;
});

test('timers that the author left open do not keep the process alive', async () => {
  const program = startProgram('slow', ['--port', '0', '--leave-timer']);
  await program.url();
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);
});

test('a hook that never ends, with nothing left to wait for, is told and exits with 1', async () => {
  const program = startProgram('slow', ['--port', '0', '--never-start']);
  expect(await program.exited).toEqual([1, null]);
  expect(program.stderr()).toBe('Error: nothing is left to wait for, but a hook has not ended. Mend the promise that it awaits.\n');
});

test('a mistake of the operator exits with 2, help and version with 0', async () => {
  const wrong = startProgram('slow', ['--prot', '5']);
  expect(await wrong.exited).toEqual([2, null]);
  expect(wrong.stderr()).toBe(
    "Usage: slow-exporter [OPTIONS]\nTry 'slow-exporter --help' for help.\n\nError: --prot: no such option. Did you mean --port?\n",
  );
  expect(await startProgram('slow', ['--help']).exited).toEqual([0, null]);
  expect(await startProgram('slow', ['--version']).exited).toEqual([0, null]);
});

test('a reader that goes away from the help is no error', () => {
  const command = `"${process.execPath}" -r esbuild-register "${slow}" --help | head -n 1`;
  expect(execFileSync('bash', ['-o', 'pipefail', '-c', command], { cwd: root, encoding: 'utf8' })).toMatch(/^Usage: slow-exporter/);
});

test('help loads neither Koa nor prom-client nor pino', () => {
  const script = `process.argv.push('program', '--help'); process.on('exit', () => console.error(Object.keys(require.cache).map((file) => file.split('node_modules/')[1]?.split('/')[0]).join(' '))); require(${JSON.stringify(slow)});`;
  const { stdout, stderr } = require('node:child_process').spawnSync(process.execPath, ['-r', 'esbuild-register', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  }) as { stdout: string; stderr: string };
  expect(stdout).toMatch(/^Usage: slow-exporter/);
  expect(stderr).toContain('reflect-metadata');
  expect(stderr).not.toMatch(/\b(?:koa|prom-client|pino)\b/);
});
