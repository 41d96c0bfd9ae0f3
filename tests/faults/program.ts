import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(__dirname, '../..');

type Line = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** A program as its operator has it, in a process and a folder of its own. */
export interface Program {
  /** `http://127.0.0.1:41234/` */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly child: ChildProcess;
  readonly isRunning: boolean;
  /** What it has logged so far. */
  readonly log: readonly Line[];
  /** Waits for a log line with this message, and gives the first one. */
  logged(message: string): Promise<Line>;
  /** Tells it to read its configuration again, and waits until it has done so. */
  reloaded(): Promise<void>;
  /** Ends it, and gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a built sample, or a program of the fixtures, with files in its folder; it listens on any free port of 127.0.0.1. */
export async function startProgram(name: string, parameters: readonly string[] = [], files: Files = {}): Promise<Program> {
  const { child, folder, said } = spawnProgram(name, parameters, files);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const log = (): readonly Line[] =>
    said()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Line);
  const logged = async (message: string): Promise<Line> => {
    for (const end = Date.now() + 60_000; Date.now() < end; await wait(20)) {
      const line = log().find(({ msg }) => msg === message);
      if (line) return line;
      if (!isRunning()) throw new Error(`ended with ${child.exitCode ?? child.signalCode}: ${said()}`);
    }
    throw new Error(`does not say ${message}: ${said()}`);
  };
  const reloads = (): number => log().filter(({ msg }) => msg === 'reloaded').length;
  const reloaded = async (): Promise<void> => {
    const before = reloads();
    child.kill('SIGHUP');
    for (const end = Date.now() + 60_000; reloads() === before; await wait(20))
      if (Date.now() > end) throw new Error(`does not reload: ${said()}`);
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (isRunning()) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    rmSync(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  const { urls } = await logged('listening').catch(async (error: unknown) => {
    await stop('SIGKILL');
    throw error;
  });
  const [url = ''] = urls as readonly string[];
  return {
    url,
    port: url.startsWith('http') ? Number(new URL(url).port) : 0,
    folder,
    child,
    get isRunning() {
      return isRunning();
    },
    get log() {
      return log();
    },
    logged,
    reloaded,
    stop,
  };
}

/** Runs a program that ends by itself. */
export async function runProgram(
  name: string,
  parameters: readonly string[] = [],
  files: Files = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const { child, folder, said } = spawnProgram(name, parameters, files);
  await once(child, 'close');
  rmSync(folder, { recursive: true, force: true });
  return { code: child.exitCode, said: said() };
}

/** By name. */
type Files = Readonly<Record<string, string | Buffer>>;

function spawnProgram(
  name: string,
  parameters: readonly string[],
  files: Files,
): { readonly child: ChildProcess; readonly folder: string; readonly said: () => string } {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-fault-'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  const fixture = ['-r', require.resolve('esbuild-register'), join(root, 'tests/fixtures/programs', name)];
  const program = name.endsWith('.ts') ? fixture : [join(root, `dist/samples/${name}/main.js`)];
  const saysWhere = ['--port', '--web-listen-address'].some((option) => parameters.includes(option));
  const child = spawn(process.execPath, [...program, ...(saysWhere ? [] : ['--host', '127.0.0.1', '--port', '0']), ...parameters], {
    cwd: folder,
    env: { PATH: process.env['PATH'], EXP_LOG_FORMAT: 'json' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, folder, said: () => stderr };
}
