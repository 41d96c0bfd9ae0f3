import { AsyncResource } from 'node:async_hooks';

/** Tells those who work that they may stop. Few ask for the signal, which is made for them only. */
export class Abort {
  readonly #listeners: (() => void)[] = [];
  #controller: AbortController | undefined;
  /** Of whoever asked for the signal: what its listeners do is done for him. */
  #scope: AsyncResource | undefined;
  #reason: Error | undefined;

  get isAborted(): boolean {
    return this.#reason !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      this.#scope = new AsyncResource('ABORT');
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Calls a function at the abort, before those who have asked for the signal hear of it. */
  onAbort(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** A second call does nothing. */
  abort(reason: Error): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener();
    this.#scope?.runInAsyncScope(() => this.#controller?.abort(reason));
  }
}
