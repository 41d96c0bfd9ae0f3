import type { Logger } from '../log.js';
import type { MetricStore } from '../metrics/metric-store.js';
import type { Hidden, Owner } from '../metrics/owner.js';
import type { MetricFamily } from '../model/metric-family.js';
import { describeRhythm } from '../model/rhythm.js';
import type { CollectorSpec } from '../model/spec.js';
import type { Abort } from '../scrape/abort.js';
import type { Outcome } from '../scrape/collector.js';
import { CollectorFamilies } from '../scrape/collector-families.js';
import type { TimeAllowed } from '../scrape/deadline.js';
import { failureOfScrape } from '../scrape/scrape-failure.js';
import { Scraper } from '../scrape/scraper.js';
import type { Collected, MetricsRequest } from '../web/answer-scrape.js';
import { runStaged } from './run-staged.js';

interface CollectorsParts {
  readonly store: MetricStore;
  readonly log: Logger;
  /** What the names of the metrics about collectors begin with. */
  readonly prefix: string;
  readonly timeAllowed: TimeAllowed;
  /** How many may run side by side; 0 for all. */
  readonly mostAtOnce: number;
}

const nobody: Hidden = { failed: new Set(), others: new Set() };

/** The collectors of one exporter: each sets series of its own. */
export class Collectors {
  readonly #store: MetricStore;
  readonly #log: Logger;
  readonly #timeAllowed: TimeAllowed;
  readonly #scraper: Scraper;
  readonly #families: CollectorFamilies;
  readonly #owners = new Map<CollectorSpec, Owner>();
  /** The last list of all families, so that scrapes that tell the same have the same. */
  #last: { readonly snapshot: readonly MetricFamily[]; readonly all: readonly MetricFamily[] } | undefined;

  constructor({ store, log, prefix, timeAllowed, mostAtOnce }: CollectorsParts) {
    this.#store = store;
    this.#log = log;
    this.#timeAllowed = timeAllowed;
    this.#scraper = new Scraper(log, timeAllowed, mostAtOnce);
    this.#families = new CollectorFamilies(prefix);
  }

  get specs(): readonly CollectorSpec[] {
    return this.#scraper.specs;
  }

  add(spec: CollectorSpec, isEnabled: boolean, update: (call: { readonly abort: Abort; readonly deadline: number }) => unknown): void {
    const { name: collector } = spec;
    const owner = this.#store.createOwner({
      name: collector,
      note: describeRhythm(spec.rhythm),
      onContest: (contest) => this.#log.warn({ collector, ...contest }, 'set by two collectors'),
    });
    const onDropped = (): void => this.#log.warn({ collector }, 'set after the end of the call, and dropped');
    this.#owners.set(spec, owner);
    this.#scraper.add({
      spec,
      isEnabled,
      run: (call) => runStaged(this.#store.openCall(owner, onDropped), call.abort, () => update(call)),
      drop: () => owner.removeAll(),
    });
  }

  /** Says what is wrong with a choice of collectors; undefined where nothing is. */
  faultOf(request: MetricsRequest): string | undefined {
    return this.#scraper.faultOf(request);
  }

  /** Runs the collectors that a scrape wants, and takes the series of those that have succeeded for it. */
  async collect(request: MetricsRequest): Promise<Collected> {
    const deadline = Date.now() + this.#timeAllowed(request.timeoutSeconds, undefined);
    // What this answer says of a collector it also tells, whatever later calls come to until it is taken.
    const held: Owner[] = [];
    const hold = ({ spec, end, isKept }: Outcome): void => {
      const owner = end === 'success' || isKept ? this.#owners.get(spec) : undefined;
      if (owner === undefined) return;
      owner.hold();
      held.push(owner);
    };
    try {
      const outcomes = await this.#scraper.scrape(request, hold);
      const failure = failureOfScrape(outcomes);
      if (failure !== undefined) return { failure };
      const snapshot = await this.#store.takeSnapshot({ deadline, signal: request.signal, hidden: this.#hiddenBy(outcomes) });
      return { families: this.#join(snapshot, this.#families.make(outcomes)) };
    } finally {
      for (const owner of held) owner.release();
    }
  }

  /** Lets those begin that call in the background. */
  start(): void {
    this.#scraper.start();
  }

  /** Waits for what is under way; resolves to whether no scrape had to be cut short. */
  stop(graceMilliseconds: number): Promise<boolean> {
    return this.#scraper.stop(graceMilliseconds);
  }

  /** Whose series an answer leaves out: of those that failed, and of those that it did not ask for. */
  #hiddenBy(outcomes: readonly Outcome[]): Hidden {
    if (outcomes.length === this.#owners.size && outcomes.every(({ end }) => end === 'success')) return nobody;
    const others = new Map(this.#owners);
    const failed = new Set<Owner>();
    for (const { spec, end, isKept } of outcomes) {
      const owner = others.get(spec);
      others.delete(spec);
      if (owner !== undefined && end !== 'success' && !isKept) failed.add(owner);
    }
    return { failed, others: new Set(others.values()) };
  }

  #join(snapshot: readonly MetricFamily[], own: readonly MetricFamily[]): readonly MetricFamily[] {
    const all = [...snapshot, ...own];
    const isSame = this.#last?.snapshot === snapshot && own.every((family, index) => family === this.#last?.all[snapshot.length + index]);
    if (!isSame || this.#last?.all.length !== all.length) this.#last = { snapshot, all };
    return this.#last?.all ?? all;
  }
}
