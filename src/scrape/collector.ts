import { type Logger, logFailure } from '../log.js';
import type { CollectorSpec } from '../model/spec.js';
import type { Abort } from './abort.js';
import { type End, Flight, type Waiter } from './flight.js';

const defaultTimeoutMilliseconds = 60_000;

/** What a call of an update handler gets from here; the rest of its argument is added above. */
export interface Call {
  readonly abort: Abort;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** One update handler, as it is run here. */
export interface CollectorParts {
  readonly spec: CollectorSpec;
  /** Whether the operator lets it run. */
  readonly isEnabled: boolean;
  /** Runs the update handler once, and publishes what it sets if it succeeds. */
  readonly run: (call: Call) => unknown;
  /** Removes what its last calls have published. */
  readonly drop: () => void;
}

/** How a collector fared in one scrape. */
export interface Outcome {
  readonly spec: CollectorSpec;
  readonly end: End;
  /** Whether its last good values are told though it failed. */
  readonly isKept: boolean;
  /** Of its last call: in seconds, up to now where it runs. Undefined where there was none. */
  readonly durationSeconds: number | undefined;
  /** Of its last success: in seconds since the epoch. */
  readonly lastSuccess: number | undefined;
}

/** One update handler that never runs twice at a time: scrapes that overlap share its call. */
export class Collector {
  readonly spec: CollectorSpec;
  readonly isEnabled: boolean;
  readonly #run: (call: Call) => unknown;
  readonly #drop: () => void;
  readonly #log: Logger;
  #flight: Flight | undefined;
  /** When the last call began, by `performance.now`. */
  #began = 0;
  /** Of the last call that has ended. */
  #milliseconds: number | undefined;
  /** Milliseconds since the epoch. */
  #lastSuccess: number | undefined;

  constructor({ spec, isEnabled, run, drop }: CollectorParts, log: Logger) {
    this.spec = spec;
    this.isEnabled = isEnabled;
    this.#run = run;
    this.#drop = drop;
    this.#log = log;
  }

  get name(): string {
    return this.spec.name;
  }

  /** Joins the call that is running or begins one, and waits for it until the waiter's deadline. */
  async collect(waiter: Waiter): Promise<Outcome> {
    return this.#outcome(await this.#collect(waiter));
  }

  /** Resolves when no call is running. */
  async settled(): Promise<void> {
    await this.#flight?.settled;
  }

  /** Aborts the running call, and lets those who wait for it go. */
  abort(): void {
    this.#flight?.abort('the exporter is stopping');
  }

  async #collect(waiter: Waiter): Promise<End> {
    if (waiter.signal?.aborted) return 'left';
    // A call that everybody left is not worth joining; it ends soon, since its signal was aborted.
    while (this.#flight?.isAbandoned) {
      if (!(await this.#flight.settledBefore(waiter))) return 'late';
    }
    if (this.#flight?.isLate) return 'late';
    this.#flight ??= this.#begin(waiter.deadline);
    return this.#flight.join(waiter);
  }

  #begin(deadline: number): Flight {
    const { name, timeoutMilliseconds = defaultTimeoutMilliseconds } = this.spec;
    this.#began = performance.now();
    return new Flight({
      run: (abort) => this.#run({ abort, deadline }),
      timeoutMilliseconds,
      onFailure: (error) => {
        logFailure(this.#log, 'update handler failed', { collector: name }, error);
        this.#fail();
      },
      onNoData: ({ message }) => {
        this.#log.debug({ collector: name, reason: message }, 'no data');
        this.#drop();
      },
      onLate: (reason) => {
        this.#log.error({ collector: name, reason }, 'update handler aborted');
        this.#fail();
      },
      onSettled: (result) => {
        this.#flight = undefined;
        this.#milliseconds = performance.now() - this.#began;
        if (result === 'success') this.#lastSuccess = Date.now();
      },
    });
  }

  #fail(): void {
    if (this.spec.onError !== 'keep') this.#drop();
  }

  #outcome(end: End): Outcome {
    const { spec } = this;
    const isFailed = end === 'failure' || end === 'late';
    const isKept = isFailed && spec.onError === 'keep' && this.#lastSuccess !== undefined && this.#isFresh(this.#lastSuccess);
    if (isFailed && spec.onError === 'keep' && !isKept) this.#drop();
    const milliseconds = this.#flight === undefined ? this.#milliseconds : performance.now() - this.#began;
    return {
      spec,
      end,
      isKept,
      // More digits than microseconds say nothing.
      durationSeconds: milliseconds === undefined ? undefined : Math.round(milliseconds * 1_000) / 1e6,
      lastSuccess: this.#lastSuccess === undefined ? undefined : this.#lastSuccess / 1_000,
    };
  }

  #isFresh(lastSuccess: number): boolean {
    return Date.now() - lastSuccess <= this.spec.maxAgeMilliseconds;
  }
}
