import { longestTimer } from '../model/duration.js';

/** Somebody who waits for a call: until when, and until what makes him leave. */
export interface Waiter {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

interface FlightPlan {
  readonly run: (signal: AbortSignal) => unknown;
  /** The longest a call may take, whoever waits. */
  readonly timeoutMilliseconds: number;
  readonly onFailure: (error: unknown) => void;
  /** The call's time is over and it has not settled. */
  readonly onLate: (reason: string) => void;
  readonly onSettled: () => void;
}

type End = 'success' | 'failure' | 'late' | 'left';

/** One call of an update handler and those who wait for it. */
export class Flight {
  /** Resolves to whether the call succeeded; never rejects. */
  readonly settled: Promise<boolean>;
  readonly #controller = new AbortController();
  readonly #latest: number;
  readonly #onLate: (reason: string) => void;
  readonly #released = createDeferred<End>();
  #waiting = 0;
  #state: 'running' | 'late' | 'abandoned' = 'running';

  constructor({ run, timeoutMilliseconds, onFailure, onLate, onSettled }: FlightPlan) {
    this.#latest = Date.now() + timeoutMilliseconds;
    this.#onLate = onLate;
    // Not at once, since the handler may ask for a scrape itself, which then has to find this flight.
    this.settled = Promise.resolve()
      .then(() => run(this.#controller.signal))
      .then(
        () => true,
        (error: unknown) => {
          // What a handler says after it was told to stop is no news.
          if (!this.#controller.signal.aborted) onFailure(error);
          return false;
        },
      );
    void this.settled.then(onSettled, onSettled);
  }

  /** Whether the call's time was over before it settled. */
  get isLate(): boolean {
    return this.#state === 'late';
  }

  /** Whether all who waited have left before it settled. */
  get isAbandoned(): boolean {
    return this.#state === 'abandoned';
  }

  /** Waits for the call; resolves to whether it succeeded in the waiter's time. */
  async join(waiter: Waiter): Promise<boolean> {
    this.#waiting += 1;
    const end = await this.#wait({ ...waiter, deadline: Math.min(waiter.deadline, this.#latest) });
    this.#waiting -= 1;
    if (this.#waiting === 0 && this.#state === 'running') {
      if (end === 'late') this.#end('late', 'its time is over');
      else if (end === 'left') this.#end('abandoned', 'nobody waits for it any more');
    }
    return end === 'success';
  }

  /** Waits for a call that was told to end; resolves to whether it settled in time. One that did not is late from now on. */
  async settledBefore(waiter: Waiter): Promise<boolean> {
    const end = await this.#wait({ ...waiter, deadline: Math.min(waiter.deadline, this.#latest) });
    if (end === 'late' && this.#state === 'abandoned') this.#end('late', 'its time is over');
    return end === 'success' || end === 'failure';
  }

  abort(reason: string): void {
    this.#end('late', reason);
    this.#released.resolve('left');
  }

  #end(state: 'late' | 'abandoned', reason: string): void {
    if (state === 'late' && this.#state !== 'late') this.#onLate(reason);
    this.#state = state;
    this.#controller.abort(new Error(`The call was aborted: ${reason}.`));
  }

  async #wait({ deadline, signal }: Waiter): Promise<End> {
    const over = createDeferred<End>();
    const timer = setTimeout(() => over.resolve('late'), Math.min(deadline - Date.now(), longestTimer));
    const leave = (): void => over.resolve('left');
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
    try {
      const settled = this.settled.then((isSuccess): End => (isSuccess ? 'success' : 'failure'));
      return await Promise.race([settled, over.promise, this.#released.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

// Node 20 has no Promise.withResolvers.
function createDeferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
