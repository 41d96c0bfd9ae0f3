import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Line, startProgram } from '../start-program.js';
import { until } from '../until.js';

/** A program as its operator has it, in a process and a folder of its own. */
export interface Program {
  /** `http://127.0.0.1:41234/` */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly pid: number;
  readonly isRunning: boolean;
  /** What it has logged so far. */
  readonly log: readonly Line[];
  /** Tells it to read its configuration again, and waits until it has done so. */
  reloaded(): Promise<void>;
  /** Ends it, and gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** By name. */
type Files = Readonly<Record<string, string | Buffer>>;

/** Serves a program with files in its folder; unless told otherwise, it listens on any free port of 127.0.0.1. */
export async function serveProgram(name: string, parameters: readonly string[] = [], files: Files = {}): Promise<Program> {
  const { process, folder } = start(name, parameters, files);
  const { child, log } = process;
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (isRunning()) child.kill(signal);
    const [code] = await process.exited;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  const url = await process.url().catch(async (error: unknown) => {
    await stop('SIGKILL');
    throw error;
  });
  const countReloads = (): number => log().filter(({ msg }) => msg === 'reloaded').length;
  return {
    url,
    port: url.startsWith('http') ? Number(new URL(url).port) : 0,
    folder,
    pid: child.pid ?? 0,
    get isRunning() {
      return isRunning();
    },
    get log() {
      return log();
    },
    async reloaded() {
      const before = countReloads();
      child.kill('SIGHUP');
      await until(
        () => countReloads() > before,
        () => `does not reload: ${process.stderr()}`,
      );
    },
    stop,
  };
}

/** Runs a program that ends by itself. */
export async function runProgram(
  name: string,
  parameters: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const { process, folder } = start(name, parameters, {});
  await once(process.child, 'close');
  rmSync(folder, { recursive: true });
  return { code: process.child.exitCode, said: process.stderr() };
}

function start(name: string, parameters: readonly string[], files: Files) {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-fault-'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  const isPlaced = ['--port', '--web-listen-address'].some((option) => parameters.includes(option));
  const place = isPlaced ? [] : ['--host', '127.0.0.1', '--port', '0'];
  return { process: startProgram(name, [...place, ...parameters], {}, folder), folder };
}
