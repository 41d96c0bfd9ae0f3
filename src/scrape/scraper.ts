import type { Logger } from '../log.js';
import { longestTimer } from '../model/duration.js';
import type { CollectorSpec } from '../model/spec.js';
import { type Call, Collector, type Outcome } from './collector.js';
import { timeAllowed } from './deadline.js';

interface ScrapeTerms {
  /** How long Prometheus waits, as its header says. */
  readonly timeoutSeconds?: number | undefined;
  /** Aborts when the asker goes away. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the collectors of one exporter, side by side. */
export class Scraper {
  readonly #collectors: Collector[] = [];
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  get specs(): readonly CollectorSpec[] {
    return this.#collectors.map(({ spec }) => spec);
  }

  add(spec: CollectorSpec, run: (call: Call) => unknown): void {
    this.#collectors.push(new Collector(spec, run, this.#log));
  }

  /** Runs every collector, or joins its running call, until its deadline. */
  scrape({ timeoutSeconds, signal }: ScrapeTerms): Promise<readonly Outcome[]> {
    const now = Date.now();
    return Promise.all(
      this.#collectors.map((collector) =>
        collector.collect({ deadline: now + timeAllowed(timeoutSeconds, collector.spec.timeoutMilliseconds), signal }),
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
