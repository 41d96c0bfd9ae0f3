import { parseNumber } from './proc.js';

/** What the kernel counts for the machine as a whole. */
export interface KernelStat {
  /** Unix time in seconds. */
  readonly bootTime: number;
  readonly contextSwitches: number;
  readonly forks: number;
  readonly interrupts: number;
  readonly processesRunning: number;
  readonly processesBlocked: number;
}

/** Parses `/proc/stat` but for its lines of processors. */
export function parseStat(text: string): KernelStat {
  const lines = new Map(text.split('\n').map((line) => [line.split(' ', 1)[0], line]));
  const first = (name: string): number => parseNumber(lines.get(name)?.split(' ')[1], `stat: ${name}`);
  return {
    bootTime: first('btime'),
    contextSwitches: first('ctxt'),
    forks: first('processes'),
    // The first figure is the sum of all that follow.
    interrupts: first('intr'),
    processesRunning: first('procs_running'),
    processesBlocked: first('procs_blocked'),
  };
}
