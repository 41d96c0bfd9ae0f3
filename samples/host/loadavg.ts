import { parseNumber } from './proc.js';

/** Average numbers of processes that run or wait for the disk. */
export interface LoadAverage {
  readonly load1: number;
  readonly load5: number;
  readonly load15: number;
}

/** Parses `/proc/loadavg`: averages over 1, 5 and 15 minutes, then figures that are not used here. */
export function parseLoadavg(text: string): LoadAverage {
  const [load1, load5, load15] = text.split(' ');
  return {
    load1: parseNumber(load1, 'loadavg'),
    load5: parseNumber(load5, 'loadavg'),
    load15: parseNumber(load15, 'loadavg'),
  };
}
