import { ScrapeError } from '../errors.js';
import type { Logger } from '../log.js';

/** Something that can be read again, in two steps. Each logs its own failure in one line. */
export interface Reloadable {
  /**
   * Reads and checks, and changes nothing. Resolves to what puts in force what was read, at once; where that throws, it has
   * changed nothing either.
   */
  prepare(): Promise<() => void> | (() => void);
}

/** What hears of reloads. */
export interface ReloadObserver {
  readonly began?: () => void;
  readonly ended: (isGood: boolean) => void;
}

interface ReloaderParts {
  readonly isRunning: () => boolean;
  readonly log: Logger;
}

/** Reloads what an exporter has read from files: all of it or nothing, and once at a time. */
export class Reloader {
  readonly #isRunning: () => boolean;
  readonly #log: Logger;
  readonly #reloadables: Reloadable[] = [];
  readonly #observers: ReloadObserver[] = [];
  #current: Promise<void> | undefined;
  /** For all who asked during the current one, which may have read what has changed since. */
  #next: Promise<void> | undefined;

  constructor({ isRunning, log }: ReloaderParts) {
    this.#isRunning = isRunning;
    this.#log = log;
  }

  get hasAny(): boolean {
    return this.#reloadables.length > 0;
  }

  /** Adds something that is read before, and put in force before, what was added earlier. */
  addBefore(reloadable: Reloadable): void {
    this.#reloadables.unshift(reloadable);
  }

  /** Lets somebody hear of each reload, also where there is nothing to reload. */
  observe(observer: ReloadObserver): void {
    this.#observers.push(observer);
  }

  /** Rejects with the first failure. Those who ask during a reload share the one that follows it. */
  reload(): Promise<void> {
    if (this.#current === undefined) {
      this.#current = this.#run().finally(() => (this.#current = undefined));
      return this.#current;
    }
    this.#next ??= this.#current
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.reload();
      });
    return this.#next;
  }

  /** Resolves when no reload is under way. */
  async settled(): Promise<void> {
    await this.#current?.catch(() => {});
  }

  async #run(): Promise<void> {
    this.#checkRunning();
    for (const { began } of this.#observers) began?.();
    try {
      await this.#reloadAll();
    } catch (error) {
      for (const { ended } of this.#observers) ended(false);
      throw error;
    }
    for (const { ended } of this.#observers) ended(true);
    this.#log.info(this.hasAny ? 'reloaded' : 'nothing to reload');
  }

  async #reloadAll(): Promise<void> {
    const applies: (() => void)[] = [];
    for (const reloadable of this.#reloadables) {
      applies.push(await reloadable.prepare());
      this.#checkRunning();
    }
    for (const apply of applies) apply();
  }

  #checkRunning(): void {
    if (this.#isRunning()) return;
    const what = 'the exporter is not running';
    throw new ScrapeError({ code: 'NOT_RUNNING', where: 'reload', what, mend: 'Reload after the start and before the stop' });
  }
}
