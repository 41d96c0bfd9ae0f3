import type { CpuTimes } from './cpu.js';

/** A processor whose idle time falls by so much was off and starts from the beginning. */
const restartSeconds = 3;

/**
 * Keeps the times from running backwards: the kernel lets idle and iowait fall by a little at times, which Prometheus
 * would take for a restart.
 */
export class CpuClock {
  readonly #latest = new Map<string, CpuTimes>();

  advance(readings: readonly CpuTimes[]): readonly CpuTimes[] {
    return readings.map((reading) => {
      const times = laterOf(this.#latest.get(reading.cpu) ?? reading, reading);
      this.#latest.set(reading.cpu, times);
      return times;
    });
  }
}

function laterOf(earlier: CpuTimes, later: CpuTimes): CpuTimes {
  if (figure(earlier.seconds, 'idle') - figure(later.seconds, 'idle') >= restartSeconds) return later;
  return {
    cpu: later.cpu,
    seconds: maximum(earlier.seconds, later.seconds),
    guestSeconds: maximum(earlier.guestSeconds, later.guestSeconds),
  };
}

function maximum(earlier: CpuTimes['seconds'], later: CpuTimes['seconds']): CpuTimes['seconds'] {
  return new Map([...later].map(([mode, seconds]) => [mode, Math.max(seconds, figure(earlier, mode))]));
}

function figure(seconds: CpuTimes['seconds'], mode: string): number {
  return seconds.get(mode) ?? 0;
}
