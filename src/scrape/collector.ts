import { type Logger, logFailure } from '../log.js';
import type { CollectorSpec } from '../model/spec.js';
import type { Abort } from './abort.js';
import { defaultTimeout } from './default-timeout.js';
import { type End, Flight, type Waiter } from './flight.js';
import type { Gate } from './gate.js';
import { Schedule } from './schedule.js';

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
  /** Of its last call that has ended, or so far of one that is late: in seconds. Undefined where there was none. */
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
  readonly #gate: Gate;
  readonly #schedule: Schedule | undefined;
  #flight: Flight | undefined;
  /** How the last call ended; undefined while there was none. */
  #lastEnd: End | undefined;
  /** When the last call began, by `performance.now`. */
  #began = 0;
  /** Of the last call that has ended. */
  #milliseconds: number | undefined;
  /** In milliseconds since the epoch. */
  #lastSuccess: number | undefined;
  /** When what the last calls have left to be kept was so, by `performance.now`, which nobody sets back; undefined for nothing. */
  #lastGood: number | undefined;

  constructor({ spec, isEnabled, run, drop }: CollectorParts, log: Logger, gate: Gate) {
    const { rhythm } = spec;
    if (rhythm.kind === 'every' || rhythm.kind === 'cron') this.#schedule = new Schedule(rhythm, () => this.#beat());
    this.#gate = gate;
    this.spec = spec;
    this.isEnabled = isEnabled;
    this.#run = run;
    this.#drop = drop;
    this.#log = log;
  }

  get name(): string {
    return this.spec.name;
  }

  /** How many milliseconds a scrape waits that names no deadline; undefined for as long as usual. */
  get patienceMilliseconds(): number | undefined {
    // Elsewhere the timeout is longer than anybody waits.
    return this.spec.rhythm.kind === 'scrape' ? this.spec.timeoutMilliseconds : undefined;
  }

  /**
   * Joins the call that is running or begins one, and waits for it until the waiter's deadline.
   *
   * @param onOutcome hears of the outcome before the next call can change anything
   */
  async collect(waiter: Waiter, onOutcome: (outcome: Outcome) => void = () => {}): Promise<Outcome> {
    const conclude = (end: End): Outcome => {
      const outcome = this.#outcome(end);
      onOutcome(outcome);
      return outcome;
    };
    if (waiter.signal?.aborted) return conclude('left');
    if (this.#schedule !== undefined && this.#lastEnd !== undefined) return conclude(this.#lastEnd);
    if (this.#isCached()) return conclude('success');
    if (waiter.deadline <= Date.now()) return conclude('late');
    // A call that everybody left is not worth joining; it ends soon, since its signal was aborted.
    while (this.#flight?.isAbandoned) {
      if (!(await this.#flight.settledBefore(waiter))) return conclude('late');
    }
    if (this.#flight?.isLate) return conclude('late');
    this.#flight ??= this.#begin(waiter.deadline);
    return this.#flight.join(waiter, conclude);
  }

  /** Begins to call in the background, if it does. */
  start(): void {
    if (this.isEnabled) this.#schedule?.start();
  }

  /** Ends the calls in the background, and one that would go on though nobody waits for it. */
  stop(): void {
    this.#schedule?.stop();
    if (this.spec.rhythm.kind !== 'scrape' && this.#flight?.isAwaited === false) this.abort();
  }

  /** Resolves when no call is running whose time is not over: who has overrun that may never end. */
  async settled(): Promise<void> {
    if (!this.#flight?.isLate) await this.#flight?.settled;
  }

  /** Aborts the running call, and lets those who wait for it go. */
  abort(): void {
    this.#flight?.abort('the exporter is stopping');
  }

  /** One that is still running is not begun again. */
  #beat(): void {
    this.#flight ??= this.#begin(Date.now() + defaultTimeout(this.spec));
  }

  #isCached(): boolean {
    const { rhythm } = this.spec;
    return rhythm.kind === 'cache' && this.#lastEnd === 'success' && this.#ageMilliseconds() < rhythm.milliseconds;
  }

  #begin(deadline: number): Flight {
    const { name, rhythm } = this.spec;
    this.#began = performance.now();
    const isIndependent = rhythm.kind !== 'scrape';
    const timeoutMilliseconds = defaultTimeout(this.spec);
    // What nobody waits for has its own time.
    const latest = Date.now() + timeoutMilliseconds;
    const ends = isIndependent ? latest : Math.min(deadline, latest);
    return new Flight({
      run: (abort) => {
        const run = (): unknown => this.#run({ abort, deadline: ends });
        return this.#gate.isOpen ? run() : this.#gate.run(abort, run);
      },
      timeoutMilliseconds,
      isIndependent,
      onFailure: (error) => {
        this.#fail();
        logFailure(this.#log, 'update handler failed', { collector: name }, error);
      },
      onNoData: ({ message }) => {
        this.#lastGood = undefined;
        this.#drop();
        this.#log.debug({ collector: name, reason: message }, 'no data');
      },
      onLate: (reason) => {
        this.#lastEnd = 'late';
        this.#fail();
        this.#log.error({ collector: name, reason }, 'update handler aborted');
      },
      onSettled: (result) => {
        // One that was aborted has ended before.
        if (!this.#flight?.isLate) this.#lastEnd = result;
        this.#flight = undefined;
        this.#milliseconds = performance.now() - this.#began;
        if (result !== 'success') return;
        this.#lastSuccess = Date.now();
        this.#lastGood = performance.now();
      },
    });
  }

  #fail(): void {
    if (this.spec.onError !== 'keep') this.#drop();
  }

  #outcome(end: End): Outcome {
    const { spec } = this;
    const isFailed = end !== 'success' && end !== 'nothing';
    const isKept = isFailed && spec.onError === 'keep' && this.#ageMilliseconds() <= spec.maxAgeMilliseconds;
    if (isFailed && spec.onError === 'keep' && !isKept) this.#drop();
    const isRunning = this.#flight !== undefined && (end === 'late' || this.#milliseconds === undefined);
    const milliseconds = isRunning ? performance.now() - this.#began : this.#milliseconds;
    return {
      spec,
      end,
      isKept,
      // More digits than microseconds say nothing.
      durationSeconds: milliseconds === undefined ? undefined : Math.round(milliseconds * 1_000) / 1e6,
      lastSuccess: this.#lastSuccess === undefined ? undefined : this.#lastSuccess / 1_000,
    };
  }

  #ageMilliseconds(): number {
    return this.#lastGood === undefined ? Infinity : performance.now() - this.#lastGood;
  }
}
