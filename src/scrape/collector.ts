import { type Logger, logFailure } from '../log.js';
import type { CollectorSpec } from '../model/spec.js';
import type { Abort } from './abort.js';
import { Flight, type Waiter } from './flight.js';

const defaultTimeoutMilliseconds = 60_000;

/** What a call of an update handler gets from here; the rest of its argument is added above. */
export interface Call {
  readonly abort: Abort;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** How a collector fared in one scrape. */
export interface Outcome {
  readonly collector: string;
  readonly isSuccess: boolean;
}

/** One update handler that never runs twice at a time: scrapes that overlap share its call. */
export class Collector {
  readonly spec: CollectorSpec;
  readonly #run: (call: Call) => unknown;
  readonly #log: Logger;
  #flight: Flight | undefined;

  constructor(spec: CollectorSpec, run: (call: Call) => unknown, log: Logger) {
    this.spec = spec;
    this.#run = run;
    this.#log = log;
  }

  /** Joins the call that is running or begins one, and waits for it until the waiter's deadline. */
  async collect(waiter: Waiter): Promise<Outcome> {
    const { name } = this.spec;
    if (waiter.signal?.aborted) return { collector: name, isSuccess: false };
    // A call that everybody left is not worth joining; it ends soon, since its signal was aborted.
    while (this.#flight?.isAbandoned) {
      if (!(await this.#flight.settledBefore(waiter))) return { collector: name, isSuccess: false };
    }
    if (this.#flight?.isLate) return { collector: name, isSuccess: false };
    this.#flight ??= this.#begin(waiter.deadline);
    return { collector: name, isSuccess: await this.#flight.join(waiter) };
  }

  /** Resolves when no call is running. */
  async settled(): Promise<void> {
    await this.#flight?.settled;
  }

  /** Aborts the running call, and lets those who wait for it go. */
  abort(): void {
    this.#flight?.abort('the exporter is stopping');
  }

  #begin(deadline: number): Flight {
    const { name, timeoutMilliseconds = defaultTimeoutMilliseconds } = this.spec;
    const flight: Flight = new Flight({
      run: (abort) => this.#run({ abort, deadline }),
      timeoutMilliseconds,
      onFailure: (error) => logFailure(this.#log, 'update handler failed', { collector: name }, error),
      onLate: (reason) => this.#log.error({ collector: name, reason }, 'update handler aborted'),
      onSettled: () => {
        this.#flight = undefined;
      },
    });
    return flight;
  }
}
