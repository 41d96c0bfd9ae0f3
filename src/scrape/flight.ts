import { NoData } from '../errors.js';
import { longestTimer } from '../model/duration.js';
import type { LeaveSignal } from '../model/leave-signal.js';
import { Abort } from './abort.js';

/** Somebody who waits for a call: until when, and until what makes him leave. */
export interface Waiter {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: LeaveSignal | undefined;
}

interface FlightPlan {
  readonly run: (abort: Abort) => unknown;
  /** The longest a call may take, whoever waits. */
  readonly timeoutMilliseconds: number;
  /** Whether it goes on when nobody waits for it. */
  readonly isIndependent: boolean;
  readonly onFailure: (error: unknown) => void;
  readonly onNoData: (reason: NoData) => void;
  /** The call's time is over and it has not settled. */
  readonly onLate: (reason: string) => void;
  readonly onSettled: (result: Settled) => void;
}

/** How a call ended by itself. */
export type Settled = 'success' | 'failure' | 'nothing';

/** How a call ended for one who waits: `late` at the end of his time, `left` when he went. */
export type End = Settled | 'late' | 'left';

/** One call of an update handler and those who wait for it. */
export class Flight {
  /** Resolves when the call has ended; never rejects. */
  readonly settled: Promise<void>;
  readonly #abort = new Abort();
  readonly #latest: number;
  readonly #onLate: (reason: string) => void;
  readonly #isIndependent: boolean;
  /** Ends an independent call. */
  #timer: NodeJS.Timeout | undefined;
  /** One function for each who waits. */
  readonly #waiting = new Set<(end: End) => void>();
  /** How many of them the call is made for. */
  #joined = 0;
  #state: 'running' | 'late' | 'abandoned' = 'running';

  constructor(plan: FlightPlan) {
    this.#latest = Date.now() + plan.timeoutMilliseconds;
    this.#onLate = plan.onLate;
    this.#isIndependent = plan.isIndependent;
    if (plan.isIndependent) {
      this.#timer = setTimeout(() => this.#expire(), Math.min(plan.timeoutMilliseconds, longestTimer));
      this.#timer.unref();
    }
    this.settled = this.#run(plan);
  }

  /** Whether the call's time was over before it settled. */
  get isLate(): boolean {
    return this.#state === 'late';
  }

  /** Whether all who waited have left before it settled. */
  get isAbandoned(): boolean {
    return this.#state === 'abandoned';
  }

  /** Whether anybody waits for the call. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /** Waits for the call. What it has come to is concluded at its very end, before anything else can happen. */
  join<T>(waiter: Waiter, conclude: (end: End) => T): Promise<T> {
    this.#joined += 1;
    return this.#wait(waiter, (end) => {
      const conclusion = conclude(end);
      this.#joined -= 1;
      if (this.#joined === 0 && this.#state === 'running' && !this.#isIndependent) {
        if (end === 'late') this.#end('late', 'its time is over');
        else if (end === 'left') this.#end('abandoned', 'nobody waits for it any more');
      }
      return conclusion;
    });
  }

  /** Waits for a call that was told to end; resolves to whether it settled in time. One that did not is late from now on. */
  settledBefore(waiter: Waiter): Promise<boolean> {
    return this.#wait(waiter, (end) => {
      if (end === 'late' && this.#state === 'abandoned') this.#end('late', 'its time is over');
      return end !== 'late' && end !== 'left';
    });
  }

  abort(reason: string): void {
    // Nobody is disappointed by the end of what nobody waits for.
    this.#end(this.#isIndependent ? 'abandoned' : 'late', reason);
    this.#release('left');
  }

  #expire(): void {
    this.#end('late', 'its time is over');
    this.#release('late');
  }

  async #run({ run, onFailure, onNoData, onSettled }: FlightPlan): Promise<void> {
    // Not at once, since the handler may ask for a scrape itself, which then has to find this flight.
    await Promise.resolve();
    let result: Settled = 'success';
    try {
      await run(this.#abort);
    } catch (error) {
      result = isNoData(error) ? 'nothing' : 'failure';
      // What a handler says after it was told to stop is no news.
      if (!this.#abort.isAborted) {
        runLogged(() => (isNoData(error) ? onNoData(error) : onFailure(error)));
      }
    }
    // What it has set in the end was not published.
    if (this.#abort.isAborted && result === 'success') result = 'failure';
    clearTimeout(this.#timer);
    onSettled(result);
    this.#release(result);
  }

  #end(state: 'late' | 'abandoned', reason: string): void {
    if (state === 'late' && this.#state !== 'late') runLogged(() => this.#onLate(reason));
    this.#state = state;
    this.#abort.abort(new Error(`The call was aborted: ${reason}.`));
  }

  #release(end: End): void {
    for (const finish of this.#waiting) finish(end);
  }

  #wait<T>({ deadline, signal }: Waiter, conclude: (end: End) => T): Promise<T> {
    if (signal?.aborted) return Promise.resolve(conclude('left'));
    return new Promise((resolve) => {
      const finish = (end: End): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        this.#waiting.delete(finish);
        resolve(conclude(end));
      };
      const leave = (): void => finish('left');
      const timer = setTimeout(finish, Math.min(Math.min(deadline, this.#latest) - Date.now(), longestTimer), 'late');
      signal?.addEventListener('abort', leave);
      this.#waiting.add(finish);
    });
  }
}

/** A logger that fails must keep neither this call from its end nor the collector from its next one. */
function runLogged(log: () => void): void {
  try {
    log();
  } catch {
    // There is no other place to tell it.
  }
}

function isNoData(error: unknown): error is NoData {
  try {
    return error instanceof NoData;
  } catch {
    // Anything can be thrown, also a proxy that answers nothing.
    return false;
  }
}
