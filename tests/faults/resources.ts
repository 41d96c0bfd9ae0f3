import { readdirSync, readFileSync } from 'node:fs';
import type { Program } from './program.js';

/** How many files and sockets a program has open. */
export function openFiles({ pid }: Program): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** The memory that a program has resident, in MiB. */
export function residentMebibytes({ pid }: Program): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
