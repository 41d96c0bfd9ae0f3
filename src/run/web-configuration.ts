import { type LoadedWebConfig, WebConfigError } from '../config/load-web-config.js';
import { type FileWatch, type ReadFiles, watchFiles } from '../config/watch-files.js';
import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { WebConfig } from '../model/web-config.js';
import { findLostProtection } from './lost-protection.js';
import type { Reloadable } from './reloader.js';

/** Where a configuration is put in force, and who hears of it. */
interface Follower {
  /** @throws for what cannot be used, and then changes nothing. */
  readonly apply: (web: WebConfig) => void;
  readonly log: Logger;
  /** Hears how each reading ended. */
  readonly onEnd: (isGood: boolean) => void;
  /** How often files are looked at, and how long what is wrong may be half of a change. */
  readonly intervalMilliseconds?: number;
}

const usualInterval = 1_000;

/**
 * How a server is protected: read once, and again whenever the files change that say so or a reload is asked for. What cannot
 * be read or used leaves the last good one in force.
 */
export class WebConfiguration implements Reloadable {
  readonly #load: () => LoadedWebConfig;
  /** What is in force. */
  #current: LoadedWebConfig;
  /** What was read last, whether it was good or not. */
  #files: ReadFiles;
  #follower: Follower | undefined;
  #watch: FileWatch | undefined;
  /** What was told of, so that it is told once. */
  #toldFault: string | undefined;
  /** Runs where the last look has found something wrong that may be half of a change. */
  #doubt: NodeJS.Timeout | undefined;

  /** Throws what `load` throws. */
  constructor(load: () => LoadedWebConfig) {
    this.#load = load;
    this.#current = load();
    this.#files = this.#current.files;
  }

  get web(): WebConfig {
    return this.#current.web;
  }

  /** Whether there is anything that may change. */
  get hasFiles(): boolean {
    return this.#files.size > 0;
  }

  /** Looks after the files from now on; what has changed since they were read is found, too. */
  follow(follower: Follower): void {
    const { intervalMilliseconds = usualInterval } = follower;
    this.#follower = follower;
    this.#watch = watchFiles(
      () => this.#files,
      () => this.#takeUpChange(intervalMilliseconds),
      { intervalMilliseconds },
    );
  }

  stop(): void {
    this.#watch?.stop();
    clearTimeout(this.#doubt);
    this.#follower = undefined;
  }

  /** For a reload that somebody asks for, who may also take protection away. */
  prepare(): () => void {
    const before = this.#current;
    const loaded = this.#attempt(() => this.#load(), { isTold: false });
    return () => {
      // What was read meanwhile is newer.
      if (this.#current === before) this.#attempt(() => this.#putInForce(loaded), { isTold: false });
    };
  }

  /** For a change that nobody has told of: it may be half done yet, or a mistake. */
  #takeUpChange(patienceMilliseconds: number): void {
    clearTimeout(this.#doubt);
    try {
      this.#readChange();
    } catch {
      this.#doubt = setTimeout(() => this.#insist(), patienceMilliseconds).unref();
    }
  }

  #insist(): void {
    try {
      this.#attempt(() => this.#readChange(), { isTold: true });
    } catch {
      // Told, and the next change is taken up all the same.
    }
  }

  #readChange(): void {
    const loaded = this.#loadAndNote();
    const lost = findLostProtection(this.web, loaded.web);
    if (lost !== undefined) throw lost;
    this.#putInForce(loaded);
    this.#follower?.log.info('web configuration reloaded');
  }

  #loadAndNote(): LoadedWebConfig {
    try {
      const loaded = this.#load();
      this.#files = loaded.files;
      return loaded;
    } catch (error) {
      if (error instanceof WebConfigError) this.#files = error.files;
      throw error;
    }
  }

  #putInForce(loaded: LoadedWebConfig): void {
    this.#follower?.apply(loaded.web);
    this.#current = loaded;
    this.#files = loaded.files;
    this.#toldFault = undefined;
    this.#follower?.onEnd(true);
  }

  /** Tells what goes wrong: always, or where it is something else than what was told last. */
  #attempt<R>(step: () => R, { isTold }: { readonly isTold: boolean }): R {
    try {
      return step();
    } catch (error) {
      const fault = messageOf(error);
      if (!isTold || fault !== this.#toldFault) this.#follower?.log.error({ error: fault }, 'web configuration not reloaded');
      this.#toldFault = fault;
      this.#follower?.onEnd(false);
      throw error;
    }
  }
}
