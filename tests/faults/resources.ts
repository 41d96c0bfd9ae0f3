import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Program } from './program.js';

/** How many files and sockets a program has open. */
export function openFiles({ pid }: Program): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** The memory that a program has resident, in MiB. */
export function residentMebibytes({ pid }: Program): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Waits until something is so, as long as a slow machine may need. */
export async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50)) if (await isTrue()) return;
  throw new Error(`it did not come true that ${what}`);
}
