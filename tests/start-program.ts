import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until as waitUntil } from './until.js';

const root = join(__dirname, '..');
const children: ChildProcess[] = [];

/** An event of its log. */
export type Line = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/**
 * Starts a program of tests/fixtures/programs, or a sample (`samples/host`), as a process of its own, on the built package (`npm
 * test` builds first).
 */
export function startProgram(name: string, parameters: readonly string[] = [], env: Record<string, string> = {}, cwd = root) {
  const program = name.startsWith('samples/')
    ? [join(root, 'dist', name, 'main.js')]
    : ['-r', require.resolve('esbuild-register'), join(root, 'tests/fixtures/programs', `${name}.ts`)];
  const child = spawn(process.execPath, [...program, ...parameters], {
    cwd,
    env: { PATH: process.env['PATH'], EXP_LOG_FORMAT: 'json', ...env },
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  let hasEnded = false;
  // Unlike `exit`, it comes after all that was written.
  child.once('close', () => (hasEnded = true));
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const log = (): readonly Line[] => {
    const lines = stderr.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return lines.map((line) => JSON.parse(line) as Line);
  };
  const until = async (text: string): Promise<string> => {
    const isSaid = (): boolean => stderr.includes(text);
    await waitUntil(
      () => isSaid() || hasEnded,
      () => `does not say ${text}: ${stderr}`,
    );
    if (!isSaid()) throw new Error(`ended with ${child.exitCode}: ${stderr}`);
    return stderr;
  };
  return {
    child,
    exited: once(child, 'close') as Promise<[code: number | null, signal: string | null]>,
    stdout: () => stdout,
    stderr: () => stderr,
    /** The events of its log so far. */
    log,
    /** Waits until it has written this on stderr. */
    until,
    /** Waits until it listens; resolves to its URL. */
    async url(): Promise<string> {
      await until('"listening"');
      const urls = log().find(({ msg }) => msg === 'listening')?.['urls'] as readonly string[] | undefined;
      return urls?.[0] ?? '';
    },
  };
}

/** Ends what a failed test has left. */
export function killPrograms(): void {
  for (const child of children) child.kill('SIGKILL');
}
