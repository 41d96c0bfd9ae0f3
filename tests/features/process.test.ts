import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/* The program as its operator has it: a process of its own, on the built package (`npm test` builds first). */
const root = join(__dirname, '../..');
const slow = join(root, 'tests/fixtures/programs/slow.ts');
const children: ChildProcess[] = [];

jest.setTimeout(20_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function start(program: string, parameters: readonly string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['-r', 'esbuild-register', program, ...parameters], {
    cwd: root,
    env: { PATH: process.env['PATH'], EXP_LOG_FORMAT: 'json', ...env },
  });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    child,
    exited: once(child, 'exit') as Promise<[code: number | null, signal: string | null]>,
    stderr: () => stderr,
    async until(text: string): Promise<string> {
      for (const end = Date.now() + 10_000; !stderr.includes(text);) {
        if (Date.now() > end) throw new Error(`does not say ${text}: ${stderr}`);
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${stderr}`);
        await wait(10);
      }
      return stderr;
    },
  };
}

async function listening(program: ReturnType<typeof start>): Promise<string> {
  const line = (await program.until('"listening"')).split('\n').find((text) => text.includes('"listening"')) ?? '';
  return (JSON.parse(line) as { readonly urls: readonly string[] }).urls[0] ?? '';
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s during a slow scrape lets the scrape have its answer, runs the hooks and exits with 0',
  async (signal) => {
    const program = start(slow, ['--port', '0', '--milliseconds', '600']);
    const url = await listening(program);
    const answer = fetch(new URL('metrics', url));
    await program.until('scrape begins');
    program.child.kill(signal);
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    expect(await response.text()).toContain('scrapes_total 1');
    expect(await program.exited).toEqual([0, null]);
    const messages = program
      .stderr()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(messages).toEqual(['listening', 'scrape begins', 'stopping', 'scrape ends', 'shutdown hook runs', 'stopped']);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('a second %s exits at once with %i', async (signal, code) => {
  const program = start(slow, ['--port', '0', '--milliseconds', '60000']);
  const url = await listening(program);
  const answer = fetch(new URL('metrics', url)).catch(() => undefined);
  await program.until('scrape begins');
  program.child.kill(signal);
  await program.until('stopping');
  program.child.kill(signal);
  expect(await program.exited).toEqual([code, null]);
  await answer;
});

test('timers that the author left open do not keep the process alive', async () => {
  const program = start(slow, ['--port', '0', '--leave-timer']);
  await listening(program);
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);
});

test('a hook that never ends, with nothing left to wait for, is told and exits with 1', async () => {
  const program = start(slow, ['--port', '0', '--never-start']);
  expect(await program.exited).toEqual([1, null]);
  expect(program.stderr()).toBe('Error: nothing is left to wait for, but a hook has not ended. Mend the promise that it awaits.\n');
});

test('a mistake of the operator exits with 2, help and version with 0', async () => {
  const wrong = start(slow, ['--prot', '5']);
  expect(await wrong.exited).toEqual([2, null]);
  expect(wrong.stderr()).toBe(
    "Usage: slow-exporter [OPTIONS]\nTry 'slow-exporter --help' for help.\n\nError: --prot: no such option. Did you mean --port?\n",
  );
  expect(await start(slow, ['--help']).exited).toEqual([0, null]);
  expect(await start(slow, ['--version']).exited).toEqual([0, null]);
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
