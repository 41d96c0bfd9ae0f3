import { ScrapeError } from '../errors.js';
import type { HookKind } from '../model/declaration.js';

interface Stages {
  readonly runHooks: (kind: HookKind) => Promise<void>;
  /** Runs between the startup hooks and the first answer. */
  readonly onStarted: () => void;
  /** Waits for the scrapes in flight. */
  readonly drain: () => Promise<void>;
  /** How long a stop waits for a start that is under way. */
  readonly graceMilliseconds: number;
}

/** How a life ended: what kept the exporter from running, and what failed while it stopped. */
export interface End {
  readonly startFailure?: { readonly error: unknown } | undefined;
  readonly stopFailure?: { readonly error: unknown };
}

/** Configure, startup, shutdown: each once, in this order, the last always once the second has begun. */
export class LifeCycle {
  readonly stopped: Promise<End>;
  readonly #stages: Stages;
  readonly #closers: (() => Promise<void>)[] = [];
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
    this.#stop ??= this.#runStop();
    return this.#stop;
  }

  /** Stops because of a failure; those of the shutdown hooks are logged, and less telling than this one. */
  async fail(error: unknown): Promise<void> {
    if (!this.isStopping) this.#startFailure = { error };
    await this.stop().catch(() => {});
  }

  /** Runs a function when the exporter stops, or at once when that has begun. */
  onStop(close: () => Promise<void>): void {
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
    try {
      await this.#waitForHooks();
      await Promise.all([...this.#closers.map((close) => close()), this.#stages.drain()]);
      if (this.#hasBegunStartup) await this.#stages.runHooks('shutdown');
      this.#resolveStopped({ startFailure: this.#startFailure });
    } catch (error) {
      this.#resolveStopped({ startFailure: this.#startFailure, stopFailure: { error } });
      throw error;
    }
  }

  /** Not for ever: a hook may hang, or wait for this very stop. */
  async #waitForHooks(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#stages.graceMilliseconds);
    });
    await Promise.race([this.#hooks?.catch(() => {}), over]);
    clearTimeout(timer);
  }

  #checkNotStopping(): void {
    if (!this.isStopping) return;
    throw new ScrapeError({ code: 'NOT_RUNNING', where: 'start', what: 'the exporter was stopped', mend: 'Create another one' });
  }
}
