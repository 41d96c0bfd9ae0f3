import type { ServerResponse } from 'node:http';
import type { LeaveSignal } from '../model/leave-signal.js';

/** Aborts when the client goes away before the answer is written. An AbortSignal would cost more than many a scrape. */
export class Departure implements LeaveSignal {
  readonly #listeners = new Set<() => void>();
  #isOver = false;

  constructor(res: ServerResponse) {
    const leave = (): void => {
      if (!res.writableFinished) this.#leave();
    };
    if (res.destroyed) leave();
    else res.once('close', leave);
  }

  get aborted(): boolean {
    return this.#isOver;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }

  #leave(): void {
    this.#isOver = true;
    for (const listener of this.#listeners) listener();
  }
}
