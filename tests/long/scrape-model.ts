/* The rules of scrapes in their plainest form, to compare the real thing with: time goes in steps, and nothing waits. */

export interface CollectorRules {
  readonly onError: 'drop' | 'keep' | 'fail';
  /** Milliseconds; undefined where the author gave none. */
  readonly timeout: number | undefined;
}

export const maxAge = 5_000;
/** The series that everybody sets. */
export const shared = 'v{k="s"}';
const keepsStale = (key: string): boolean => key.startsWith('w');

export interface ModelScrape {
  /** By collector: until when it waits. */
  readonly deadlines: ReadonlyMap<number, number>;
  readonly outcomes: Map<number, Outcome>;
  hasLeft: boolean;
  /** Undefined as long as there is none. */
  answer: ModelAnswer | undefined;
}

export interface ModelAnswer {
  /** More than one where the rules do not say. */
  readonly statuses: readonly number[];
  /** What it says where the status is 500. */
  readonly failure: string;
  readonly samples: ReadonlyMap<string, number>;
  /** Whose samples the rules do not tell. */
  readonly unsure: readonly number[];
  /** What the shared series may be. */
  readonly sharedValues: readonly number[];
}

export type Settled = 'success' | 'failure' | 'nothing';

interface Outcome {
  readonly end: Settled | 'late' | 'left';
  readonly isKept: boolean;
  readonly duration: number;
  readonly lastSuccess: number | undefined;
  /** What the collector's count of drops was. */
  readonly drops: number;
}

interface Call {
  readonly number: number;
  readonly began: number;
  /** When it ends at the latest. */
  readonly latest: number;
  state: 'running' | 'late' | 'abandoned';
  readonly joined: Set<ModelScrape>;
  /** Those that wait for its end, to begin another one. */
  readonly queue: Set<ModelScrape>;
  readonly staged: Map<string, number>;
}

class ModelCollector {
  call: Call | undefined;
  calls = 0;
  drops = 0;
  lastSuccess: number | undefined;
  /** Whether there was no data since then. */
  hasNothing = false;
  /** What its last publication says of the shared series. */
  sharedValue: number | undefined;
  constructor(readonly rules: CollectorRules) {}
}

export class ScrapeModel {
  readonly collectors: readonly ModelCollector[];
  readonly counts = new Map<string, number>();
  readonly #series = new Map<string, { readonly value: number; readonly owner: number | undefined }>();
  readonly #scrapes: ModelScrape[] = [];
  readonly #names: readonly string[];
  #now: number;

  constructor(names: readonly string[], rules: readonly CollectorRules[], now: number) {
    this.#names = names;
    this.collectors = rules.map((one) => new ModelCollector(one));
    this.#now = now;
  }

  /** @param timeout what Prometheus says, less the offset */
  scrape(chosen: readonly number[], timeout: number | undefined): ModelScrape {
    const deadlineOf = (one: number): number => this.#now + (timeout ?? this.#of(one).rules.timeout ?? 10_000);
    const deadlines = new Map(chosen.map((one) => [one, deadlineOf(one)]));
    const scrape: ModelScrape = { deadlines, outcomes: new Map(), hasLeft: false, answer: undefined };
    this.#scrapes.push(scrape);
    for (const one of chosen) this.#collect(scrape, one);
    this.#answerAll();
    return scrape;
  }

  leave(scrape: ModelScrape): void {
    scrape.hasLeft = true;
    for (const [one, { call }] of this.collectors.entries()) {
      call?.queue.delete(scrape);
      if (call?.joined.delete(scrape) && call.joined.size === 0) call.state = 'abandoned';
      if (scrape.deadlines.has(one) && !scrape.outcomes.has(one)) this.#resolve(scrape, one, 'left');
    }
    this.#answerAll();
  }

  /** What the handler sets in its call of this number. */
  set(one: number, number: number, key: string): void {
    const { call } = this.#of(one);
    if (call?.number === number && call.state === 'running') call.staged.set(key, number);
  }

  write(key: string, value: number | undefined): void {
    if (value === undefined) this.#series.delete(key);
    else this.#series.set(key, { value, owner: undefined });
  }

  end(one: number, settled: Settled): void {
    const collector = this.#of(one);
    const { call } = collector;
    if (call === undefined) return;
    collector.call = undefined;
    if (call.state === 'running') {
      if (settled === 'success') this.#publish(one, call);
      else if (settled === 'nothing' || collector.rules.onError !== 'keep') this.#drop(one);
      collector.hasNothing = settled === 'nothing' || (settled === 'failure' && collector.hasNothing);
      for (const scrape of call.joined) this.#resolve(scrape, one, settled, call);
    }
    for (const scrape of call.queue) this.#collect(scrape, one);
    this.#answerAll();
  }

  tick(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [one, { call }] of this.collectors.entries()) {
      if (call === undefined) continue;
      const waiting = [...call.joined, ...call.queue];
      for (const scrape of waiting.filter(({ deadlines }) => Math.min(deadlines.get(one) ?? 0, call.latest) <= this.#now)) {
        call.joined.delete(scrape);
        call.queue.delete(scrape);
        if (call.joined.size === 0 && call.state !== 'late') {
          call.state = 'late';
          if (this.#of(one).rules.onError !== 'keep') this.#drop(one);
        }
        this.#resolve(scrape, one, 'late', call);
      }
    }
    this.#answerAll();
  }

  #of(one: number): ModelCollector {
    return this.collectors[one] as ModelCollector;
  }

  #collect(scrape: ModelScrape, one: number): void {
    const collector = this.#of(one);
    const { timeout = 60_000 } = collector.rules;
    collector.call ??= {
      number: ++collector.calls,
      began: this.#now,
      latest: this.#now + timeout,
      state: 'running',
      joined: new Set(),
      queue: new Set(),
      staged: new Map(),
    };
    const { call } = collector;
    if (call.state === 'late') this.#resolve(scrape, one, 'late', call);
    else (call.state === 'running' ? call.joined : call.queue).add(scrape);
  }

  #publish(one: number, { staged }: Call): void {
    for (const [key, { owner }] of this.#series) if (owner === one && !keepsStale(key)) this.#series.delete(key);
    for (const [key, value] of staged) this.#series.set(key, { value, owner: one });
    this.#of(one).lastSuccess = this.#now;
    this.#of(one).sharedValue = staged.get(shared);
  }

  #drop(one: number): void {
    for (const [key, { owner }] of this.#series) if (owner === one && !keepsStale(key)) this.#series.delete(key);
    this.#of(one).drops += 1;
    this.#of(one).sharedValue = undefined;
  }

  #resolve(scrape: ModelScrape, one: number, end: Outcome['end'], call?: Call): void {
    const { rules, lastSuccess, ...collector } = this.#of(one);
    const isFailed = end === 'failure' || end === 'late';
    const isFresh = lastSuccess !== undefined && this.#now - lastSuccess <= maxAge;
    const isKept = isFailed && rules.onError === 'keep' && isFresh;
    if (isFailed && rules.onError === 'keep' && !isFresh) this.#drop(one);
    const duration = this.#now - (call?.began ?? this.#now);
    scrape.outcomes.set(one, { end, isKept, duration, lastSuccess, drops: Math.max(collector.drops, this.#of(one).drops) });
  }

  #answerAll(): void {
    for (const scrape of this.#scrapes) {
      if (scrape.answer === undefined && scrape.outcomes.size === scrape.deadlines.size) scrape.answer = this.#answer(scrape);
    }
  }

  #answer({ outcomes }: ModelScrape): ModelAnswer {
    const isBad = ({ end }: Outcome): boolean => end === 'failure' || end === 'late';
    const bad = [...outcomes].toSorted(([one], [other]) => one - other).filter(([, outcome]) => isBad(outcome));
    const fatal = bad.filter(([one]) => this.#of(one).rules.onError === 'fail');
    const areAll = bad.length > 0 && bad.length === outcomes.size && !bad.some(([, { isKept }]) => isKept);
    const failed = (areAll ? bad : fatal).map(([one]) => this.#names[one]).join(', ');
    const isTold = (key: string, owner: number | undefined): boolean => {
      const outcome = owner === undefined ? undefined : outcomes.get(owner);
      return owner === undefined || (outcome !== undefined && (outcome.end === 'success' || outcome.isKept || keepsStale(key)));
    };
    const samples = new Map(this.counts);
    for (const [key, { value, owner }] of this.#series) if (key !== shared && isTold(key, owner)) samples.set(key, value);
    for (const [one, { end, duration, lastSuccess }] of outcomes) {
      const gauge = (name: string): string => `m_scrape_collector_${name}{collector="${this.#names[one]}"}`;
      samples.set(gauge('success'), end === 'success' ? 1 : 0);
      samples.set(gauge('duration_seconds'), duration / 1_000);
      if (lastSuccess !== undefined) samples.set(gauge('last_success_timestamp_seconds'), lastSuccess / 1_000);
    }
    // Another call has dropped in the meantime what this answer would tell, or a call before had nothing that could be kept.
    const isUnsure = ([one, { end, isKept, drops }]: [number, Outcome]): boolean =>
      (isKept && this.#of(one).hasNothing) || ((end === 'success' || isKept) && drops !== this.#of(one).drops);
    const unsure = [...outcomes].filter(isUnsure).map(([one]) => one);
    const outside = this.#series.get(shared);
    return {
      statuses: unsure.length > 0 ? [200, 500] : [failed === '' ? 200 : 500],
      failure: `Failed or late: ${failed}. See the log of the exporter.\n`,
      samples,
      unsure,
      sharedValues: [
        ...[...outcomes.keys()].flatMap((one) => this.#of(one).sharedValue ?? []),
        ...(outside?.owner === undefined && outside ? [outside.value] : []),
      ],
    };
  }
}
