import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Loads a file of procfs, such as `net/dev`. */
export function loadProc(proc: string, path: string, signal?: AbortSignal): Promise<string> {
  return readFile(join(proc, path), { encoding: 'utf8', signal });
}

/** Parses a number of a procfs file; `where` names its place in the error message. */
export function parseNumber(text: string | undefined, where: string): number {
  const value = Number(text);
  if (!text || !Number.isFinite(value)) throw new Error(`${where}: ${JSON.stringify(text ?? '')} is no number`);
  return value;
}
