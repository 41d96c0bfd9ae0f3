import { longestTimer } from '../model/duration.js';
import { millisecondsToNext, type Rhythm } from '../model/rhythm.js';

/** Which part of the time between two beats a beat may be late, so that programs that began together do not stay so. */
const jitter = 0.1;
const mostJitterMilliseconds = 30_000;

/** Calls a function again and again: at once, then at each beat of its rhythm. */
export class Schedule {
  readonly #rhythm: Extract<Rhythm, { kind: 'every' | 'cron' }>;
  readonly #beat: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(rhythm: Extract<Rhythm, { kind: 'every' | 'cron' }>, beat: () => void) {
    this.#rhythm = rhythm;
    this.#beat = beat;
  }

  start(): void {
    this.#beat();
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #plan(): void {
    const gap = millisecondsToNext(this.#rhythm, Date.now());
    const spread = Math.min(gap * jitter, mostJitterMilliseconds);
    // What is every thirty seconds stays so on average; a time that was named does not come early.
    const earliest = this.#rhythm.kind === 'every' ? gap - spread / 2 : gap;
    this.#wait(earliest + Math.random() * spread);
  }

  #wait(milliseconds: number): void {
    const step = Math.min(milliseconds, longestTimer);
    this.#timer = setTimeout(() => {
      if (milliseconds > step) {
        this.#wait(milliseconds - step);
        return;
      }
      this.#beat();
      this.#plan();
    }, step);
    // The process lives for its server.
    this.#timer.unref();
  }
}
