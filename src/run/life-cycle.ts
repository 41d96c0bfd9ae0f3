import { ScrapeError } from '../errors.js';
import type { HookKind } from '../model/declaration.js';

interface Stages {
  readonly runHooks: (kind: HookKind) => Promise<void>;
  /** Runs between the startup hooks and the first answer. */
  readonly onStarted: () => void;
  /** Waits for the scrapes in flight. */
  readonly drain: () => Promise<void>;
}

/** Configure, startup, shutdown: each once, in this order, the last always once the second has begun. */
export class LifeCycle {
  readonly stopped: Promise<{ readonly error?: unknown }>;
  readonly #stages: Stages;
  readonly #closers: (() => Promise<void>)[] = [];
  #resolveStopped: (end: { readonly error?: unknown }) => void = () => {};
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

  onStop(close: () => Promise<void>): void {
    this.#closers.push(close);
  }

  async #runStart(): Promise<void> {
    this.#hooks = this.#runHooks();
    try {
      await this.#hooks;
    } catch (error) {
      // The hooks' own failures at shutdown are logged, and less telling than the first one.
      await this.stop().catch(() => {});
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
      await this.#hooks?.catch(() => {});
      await Promise.all([...this.#closers.map((close) => close()), this.#stages.drain()]);
      if (this.#hasBegunStartup) await this.#stages.runHooks('shutdown');
      this.#resolveStopped({});
    } catch (error) {
      this.#resolveStopped({ error });
      throw error;
    }
  }

  #checkNotStopping(): void {
    if (!this.isStopping) return;
    throw new ScrapeError({ code: 'NOT_RUNNING', where: 'start', what: 'the exporter was stopped', mend: 'Create another one' });
  }
}
