import { parseNumber } from './proc.js';

const modes = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/** The length of a clock tick (USER_HZ) is part of Linux's interface: the same on all machines that Node runs on. */
const ticksPerSecond = 100;

/** What one processor did since boot, in seconds. */
export interface CpuTimes {
  /** Its number: `0`. */
  readonly cpu: string;
  readonly seconds: ReadonlyMap<string, number>;
  /** Spent in virtual machines; these seconds are counted in `user` and `nice` too. */
  readonly guestSeconds: ReadonlyMap<string, number>;
}

/** Parses the lines `cpu<number>` of `/proc/stat`. */
export function parseCpus(text: string): readonly CpuTimes[] {
  return [...text.matchAll(/^cpu(\d+) (.+)$/gm)].map(([, cpu = '', figures = '']) => {
    const columns = figures.split(' ');
    // Kernels before 2.6.33 have fewer columns.
    const seconds = (column: number): number => parseNumber(columns[column] ?? '0', `stat: cpu${cpu}`) / ticksPerSecond;
    return {
      cpu,
      seconds: new Map(modes.map((mode, column) => [mode, seconds(column)])),
      guestSeconds: new Map([
        ['user', seconds(modes.length)],
        ['nice', seconds(modes.length + 1)],
      ]),
    };
  });
}
