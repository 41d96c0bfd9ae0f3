import { ScrapeError } from '../errors.js';
import type { HookKind } from '../model/declaration.js';
import { settlesWithin } from './settles-within.js';

/** Ends something; resolves to false where it had to be cut off. */
export type Closer = () => Promise<boolean>;

interface Stages {
  readonly runHooks: (kind: HookKind) => Promise<void>;
  /** Runs between the startup hooks and the first answer. */
  readonly onStarted: () => void;
  /** Waits for what is under way. */
  readonly drain: Closer;
  /** How long a stop waits for a start that is under way. */
  readonly timeoutMilliseconds: number;
  /** Hears of a start that has not ended by then. */
  readonly onStartLeft: () => void;
}

/** How a life ended: what kept the exporter from running, and what failed while it stopped. */
export interface End {
  readonly startFailure?: { readonly error: unknown } | undefined;
  readonly stopFailure?: { readonly error: unknown };
  /** Whether everything that was under way came to its end. */
  readonly isClean: boolean;
}

/** Configure, startup, shutdown: each once, in this order, the last always once the second has begun. */
export class LifeCycle {
  readonly stopped: Promise<End>;
  readonly #stages: Stages;
  readonly #closers: Closer[] = [];
  #resolveStopped: (end: End) => void = () => {};
  #startFailure: { readonly error: unknown } | undefined;
  #hooks: Promise<void> | undefined;
  #start: Promise<void> | undefined;
  #stop: Promise<void> | undefined;
  #hasBegunStartup = false;
  #hasStarted = false;

  constructor(stages: Stages) {
    this.#stages = stages;
    this.stopped = new Promise((resolve) => {
      this.#resolveStopped = resolve;
    });
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  get isStopping(): boolean {
    return this.#stop !== undefined;
  }

  get isRunning(): boolean {
    return this.#hasStarted && !this.isStopping;
  }

  start(): Promise<void> {
    this.#start ??= this.#runStart();
    return this.#start;
  }

  stop(): Promise<void> {
    // Not at once, since what is closed has to find that the stop has begun.
    this.#stop ??= Promise.resolve().then(() => this.#runStop());
    return this.#stop;
  }

  /** Stops because of a failure; those of the shutdown hooks are logged, and less telling than this one. */
  async fail(error: unknown): Promise<void> {
    if (!this.isStopping) this.#startFailure = { error };
    await this.stop().catch(() => {});
  }

  /** Runs a function at the very beginning of the stop, or at once when that has begun. */
  onStop(close: Closer): void {
    if (this.isStopping) void close();
    else this.#closers.push(close);
  }

  async #runStart(): Promise<void> {
    this.#hooks = this.#runHooks();
    try {
      await this.#hooks;
    } catch (error) {
      await this.fail(error);
      throw error;
    }
  }

  async #runHooks(): Promise<void> {
    this.#checkNotStopping();
    await this.#stages.runHooks('configure');
    this.#checkNotStopping();
    this.#hasBegunStartup = true;
    await this.#stages.runHooks('startup');
    this.#checkNotStopping();
    this.#stages.onStarted();
    this.#hasStarted = true;
  }

  async #runStop(): Promise<void> {
    let isClean = false;
    try {
      const ends = await Promise.all([...this.#closers.map((close) => close()), this.#endWork()]);
      isClean = ends.every(Boolean);
      if (this.#hasBegunStartup) await this.#stages.runHooks('shutdown');
      this.#resolveStopped({ startFailure: this.#startFailure, isClean });
    } catch (error) {
      this.#resolveStopped({ startFailure: this.#startFailure, stopFailure: { error }, isClean });
      throw error;
    }
  }

  async #endWork(): Promise<boolean> {
    const hasStartEnded = await this.#waitForHooks();
    return (await this.#stages.drain()) && hasStartEnded;
  }

  /** Not for ever: a hook may hang, or wait for this very stop. */
  async #waitForHooks(): Promise<boolean> {
    if (this.#hooks === undefined || (await settlesWithin(this.#hooks, this.#stages.timeoutMilliseconds))) return true;
    this.#stages.onStartLeft();
    return false;
  }

  #checkNotStopping(): void {
    if (!this.isStopping) return;
    throw new ScrapeError({ code: 'NOT_RUNNING', where: 'start', what: 'the exporter was stopped', mend: 'Create another one' });
  }
}
