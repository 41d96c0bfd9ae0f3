import type { Logger } from '../log.js';
import { longestTimer } from '../model/duration.js';
import type { LeaveSignal } from '../model/leave-signal.js';
import type { CollectorSpec } from '../model/spec.js';
import { type Choice, faultOfChoice, isChosen } from './choice.js';
import { Collector, type CollectorParts, type Outcome } from './collector.js';
import type { TimeAllowed } from './deadline.js';
import { Gate } from './gate.js';

interface ScrapeTerms extends Choice {
  /** How long Prometheus waits, as its header says. */
  readonly timeoutSeconds?: number | undefined;
  /** Aborts when the asker goes away. */
  readonly signal?: LeaveSignal | undefined;
}

/** Runs the collectors of one exporter, side by side. */
export class Scraper {
  readonly #collectors: Collector[] = [];
  readonly #log: Logger;
  readonly #gate: Gate;
  readonly #underWay = new Set<Promise<unknown>>();
  #isStarted = false;
  readonly #timeAllowed: TimeAllowed;

  /** @param mostAtOnce how many collectors may run side by side; 0 for all */
  constructor(log: Logger, timeAllowed: TimeAllowed, mostAtOnce = 0) {
    this.#log = log;
    this.#gate = new Gate(mostAtOnce);
    this.#timeAllowed = timeAllowed;
  }

  get specs(): readonly CollectorSpec[] {
    return this.#collectors.map(({ spec }) => spec);
  }

  add(parts: CollectorParts): void {
    const collector = new Collector(parts, this.#log, this.#gate);
    this.#collectors.push(collector);
    if (this.#isStarted) collector.start();
  }

  /** Lets those collectors begin that call in the background. */
  start(): void {
    this.#isStarted = true;
    for (const collector of this.#collectors) collector.start();
  }

  /** Says what is wrong with a choice of collectors; undefined where nothing is. */
  faultOf(choice: Choice): string | undefined {
    return faultOfChoice(choice, this.#collectors);
  }

  /**
   * Runs the chosen collectors, or joins their running calls, until their deadlines.
   *
   * @param onOutcome hears of each collector's outcome before its next call can change anything
   */
  scrape(terms: ScrapeTerms, onOutcome?: (outcome: Outcome) => void): Promise<readonly Outcome[]> {
    const { timeoutSeconds, signal } = terms;
    const now = Date.now();
    const begun = new Map<string, Promise<Outcome>>();
    const collect = (collector: Collector): Promise<Outcome> => {
      const deadline = now + this.#timeAllowed(timeoutSeconds, collector.patienceMilliseconds);
      // Only what was declared before is waited for, so that nobody waits in a circle.
      const before = collector.spec.after.flatMap((name) => begun.get(name) ?? []);
      if (before.length === 0) return collector.collect({ deadline, signal }, onOutcome);
      return Promise.all(before).then(() => collector.collect({ deadline, signal }, onOutcome));
    };
    const chosen = this.#collectors.filter((collector) => isChosen(collector, terms));
    for (const collector of chosen) begun.set(collector.name, collect(collector));
    const answer = Promise.all(begun.values());
    this.#underWay.add(answer);
    const forget = (): void => void this.#underWay.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  /**
   * Waits for the scrapes under way, which may begin calls, and for the running calls but those that are late already, and
   * aborts those that are not done in time. Resolves to whether no scrape had to be cut short.
   */
  async stop(graceMilliseconds: number): Promise<boolean> {
    this.#isStarted = false;
    for (const collector of this.#collectors) collector.stop();
    const answered = Promise.allSettled(this.#underWay);
    const settled = answered.then(() => Promise.all(this.#collectors.map((collector) => collector.settled())));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(graceMilliseconds, longestTimer));
    });
    await Promise.race([settled, over]);
    clearTimeout(timer);
    const isClean = this.#underWay.size === 0;
    for (const collector of this.#collectors) collector.abort();
    return isClean;
  }
}
