import type { Logger } from '../log.js';
import { longestTimer } from '../model/duration.js';
import type { CollectorSpec } from '../model/spec.js';
import { type Choice, faultOfChoice, isChosen } from './choice.js';
import { Collector, type CollectorParts, type Outcome } from './collector.js';
import type { TimeAllowed } from './deadline.js';

interface ScrapeTerms extends Choice {
  /** How long Prometheus waits, as its header says. */
  readonly timeoutSeconds?: number | undefined;
  /** Aborts when the asker goes away. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the collectors of one exporter, side by side. */
export class Scraper {
  readonly #collectors: Collector[] = [];
  readonly #log: Logger;
  readonly #timeAllowed: TimeAllowed;

  constructor(log: Logger, timeAllowed: TimeAllowed) {
    this.#log = log;
    this.#timeAllowed = timeAllowed;
  }

  get specs(): readonly CollectorSpec[] {
    return this.#collectors.map(({ spec }) => spec);
  }

  add(parts: CollectorParts): void {
    this.#collectors.push(new Collector(parts, this.#log));
  }

  /** Says what is wrong with a choice of collectors; undefined where nothing is. */
  faultOf(choice: Choice): string | undefined {
    return faultOfChoice(choice, this.#collectors);
  }

  /** Runs the chosen collectors, or joins their running calls, until their deadlines. */
  scrape({ timeoutSeconds, signal, ...choice }: ScrapeTerms): Promise<readonly Outcome[]> {
    const now = Date.now();
    return Promise.all(
      this.#collectors
        .filter((collector) => isChosen(collector, choice))
        .map((collector) =>
          collector.collect({ deadline: now + this.#timeAllowed(timeoutSeconds, collector.spec.timeoutMilliseconds), signal }),
        ),
    );
  }

  /** Waits for the running calls, and aborts those that are not done in time. */
  async stop(graceMilliseconds: number): Promise<void> {
    const settled = Promise.all(this.#collectors.map((collector) => collector.settled()));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(graceMilliseconds, longestTimer));
    });
    await Promise.race([settled, over]);
    clearTimeout(timer);
    for (const collector of this.#collectors) collector.abort();
  }
}
