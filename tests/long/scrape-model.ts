/* The rules of scrapes in their plainest form, to compare the real thing with: time goes in steps, and nothing waits. */
import { SeriesModel, type Staged } from './series-model.js';

export interface CollectorRules {
  readonly onError: 'drop' | 'keep' | 'fail';
  /** Milliseconds; undefined where the author gave none. */
  readonly timeout: number | undefined;
  readonly rhythm: Rhythm;
  /** The collectors that are done before. */
  readonly after: readonly number[];
}

/** `cron` beats at all multiples of its interval. */
export interface Rhythm {
  readonly kind: 'scrape' | 'cache' | 'every' | 'cron';
  readonly milliseconds: number;
}

export const maxAge = 5_000;

export interface ModelScrape {
  /** By collector: until when it waits. */
  readonly deadlines: ReadonlyMap<number, number>;
  readonly outcomes: Map<number, Outcome>;
  hasLeft: boolean;
  /** Undefined as long as there is none. */
  answer: ModelAnswer | undefined;
}

export interface ModelAnswer {
  readonly status: number;
  /** What it says where the status is 500. */
  readonly failure: string;
  readonly samples: ReadonlyMap<string, number>;
}

export type Settled = 'success' | 'failure' | 'nothing';
type End = Settled | 'late' | 'left';

interface Outcome {
  readonly end: End;
  readonly isKept: boolean;
  readonly duration: number | undefined;
  readonly lastSuccess: number | undefined;
}

interface Call {
  /** That of its handler's run; undefined while it waits for a place. */
  number: number | undefined;
  readonly began: number;
  /** When it ends at the latest. */
  readonly latest: number;
  state: 'running' | 'late' | 'abandoned';
  readonly joined: Set<ModelScrape>;
  /** Those that wait for its end, to begin another one. */
  readonly queue: Set<ModelScrape>;
  readonly staged: Staged;
}

class ModelCollector {
  call: Call | undefined;
  /** How often its handler has been run. */
  runs = 0;
  lastEnd: End | undefined;
  lastSuccess: number | undefined;
  /** When what may be kept was so. */
  lastGood: number | undefined;
  /** How long its last call took. */
  duration: number | undefined;
  nextBeat = Infinity;
  constructor(readonly rules: CollectorRules) {}

  get isIndependent(): boolean {
    return this.rules.rhythm.kind !== 'scrape';
  }
  get isBackground(): boolean {
    return this.rules.rhythm.kind === 'every' || this.rules.rhythm.kind === 'cron';
  }
}

export class ScrapeModel {
  readonly collectors: readonly ModelCollector[];
  readonly counts = new Map<string, number>();
  readonly series: SeriesModel;
  readonly #scrapes: ModelScrape[] = [];
  readonly #names: readonly string[];
  /** How many handlers may run at a time. */
  readonly #places: number;
  readonly #inside = new Set<Call>();
  readonly #waiting: (readonly [one: number, call: Call])[] = [];
  /** Those that scrapes may ask now, since others are done. */
  readonly #next: (readonly [scrape: ModelScrape, one: number])[] = [];
  #now: number;

  constructor(
    names: readonly string[],
    rules: readonly CollectorRules[],
    { now, places }: { readonly now: number; readonly places: number },
  ) {
    this.#names = names;
    this.collectors = rules.map((one) => new ModelCollector(one));
    this.series = new SeriesModel(rules.length);
    this.#places = places === 0 ? Infinity : places;
    this.#now = now;
    for (const one of rules.keys()) this.#beat(one);
    this.#admit();
  }

  /** @param timeout what Prometheus says, less the offset */
  scrape(chosen: readonly number[], timeout: number | undefined): ModelScrape {
    const patienceOf = ({ rules, isIndependent }: ModelCollector): number => (isIndependent ? undefined : rules.timeout) ?? 10_000;
    const deadlines = new Map(chosen.map((one) => [one, this.#now + (timeout ?? patienceOf(this.#of(one)))]));
    const scrape: ModelScrape = { deadlines, outcomes: new Map(), hasLeft: false, answer: undefined };
    this.#scrapes.push(scrape);
    for (const one of chosen) if (!this.#of(one).rules.after.some((other) => chosen.includes(other))) this.#collect(scrape, one);
    return this.#done(scrape);
  }

  leave(scrape: ModelScrape): void {
    scrape.hasLeft = true;
    for (const [one, { call, isIndependent }] of this.collectors.entries()) {
      call?.queue.delete(scrape);
      if (call?.joined.delete(scrape) && call.joined.size === 0 && !isIndependent) this.#abort(one, call, 'abandoned');
      if (scrape.deadlines.has(one) && !scrape.outcomes.has(one)) this.#resolve(scrape, one, 'left');
    }
    this.#done();
  }

  /** What the handler sets in its run of this number. */
  set(one: number, number: number, key: string, change: (before: number | undefined) => number | undefined): void {
    const { call } = this.#of(one);
    if (call?.number !== number || call.state !== 'running') return;
    const before = call.staged.has(key) ? call.staged.get(key) : this.series.valueOf(key);
    const after = change(before);
    // What is not there cannot be removed.
    if (after !== undefined || before !== undefined) call.staged.set(key, after);
  }

  end(one: number, settled: Settled): void {
    const collector = this.#of(one);
    const { call, rules } = collector;
    if (call?.number === undefined) return;
    if (call.state === 'running') {
      if (settled === 'success') {
        this.series.publish(one, call.staged);
        collector.lastSuccess = collector.lastGood = this.#now;
      } else if (settled === 'nothing' || rules.onError !== 'keep') this.series.drop(one);
      if (settled === 'nothing') collector.lastGood = undefined;
      collector.lastEnd = settled;
    }
    this.#settle(one, call);
    for (const scrape of call.joined) this.#resolve(scrape, one, settled);
    this.#done();
  }

  tick(milliseconds: number): void {
    this.#now += milliseconds;
    // A beat is left out also where the call before ends in that moment.
    const busy = new Set(this.collectors.filter(({ call }) => call));
    for (const [one, { call, isIndependent }] of this.collectors.entries()) {
      if (call === undefined) continue;
      const isOver = call.latest <= this.#now;
      const late = [...call.joined, ...call.queue].filter(({ deadlines }) => isOver || (deadlines.get(one) ?? 0) <= this.#now);
      for (const scrape of late) {
        this.#resolve(scrape, one, 'late');
        call.joined.delete(scrape);
        call.queue.delete(scrape);
      }
      if (isIndependent ? isOver : late.length > 0 && call.joined.size === 0) this.#abort(one, call, 'late');
    }
    for (const [one, { nextBeat }] of this.collectors.entries()) if (nextBeat <= this.#now) this.#beat(one, busy.has(this.#of(one)));
    this.#done();
  }

  #of(one: number): ModelCollector {
    return this.collectors[one] as ModelCollector;
  }

  /** Those that a scrape still waits for before it asks this one. */
  #beforeOf({ deadlines, outcomes }: ModelScrape, one: number): readonly number[] {
    return this.#of(one).rules.after.filter((other) => deadlines.has(other) && !outcomes.has(other));
  }

  #collect(scrape: ModelScrape, one: number): void {
    const collector = this.#of(one);
    const { rhythm } = collector.rules;
    if (scrape.hasLeft) return this.#resolve(scrape, one, 'left');
    if (collector.isBackground && collector.lastEnd) return this.#resolve(scrape, one, collector.lastEnd);
    const isFresh = collector.lastEnd === 'success' && this.#now - (collector.lastGood ?? -Infinity) < rhythm.milliseconds;
    if (rhythm.kind === 'cache' && isFresh) return this.#resolve(scrape, one, 'success');
    if (collector.call?.state === 'late' || (scrape.deadlines.get(one) ?? 0) <= this.#now) return this.#resolve(scrape, one, 'late');
    if (collector.call?.state === 'abandoned') return void collector.call.queue.add(scrape);
    return void this.#begin(one).joined.add(scrape);
  }

  /** The call that runs, or a new one. */
  #begin(one: number): Call {
    const collector = this.#of(one);
    if (collector.call) return collector.call;
    const { rhythm, timeout } = collector.rules;
    const usual = { scrape: 60_000, cache: rhythm.milliseconds, every: rhythm.milliseconds, cron: this.#untilBeat(rhythm) }[rhythm.kind];
    const latest = this.#now + (timeout ?? usual);
    const call: Call = {
      number: undefined,
      began: this.#now,
      latest,
      state: 'running',
      joined: new Set(),
      queue: new Set(),
      staged: new Map(),
    };
    collector.call = call;
    this.#waiting.push([one, call]);
    return call;
  }

  #beat(one: number, isLeftOut = false): void {
    const collector = this.#of(one);
    if (!collector.isBackground) return;
    if (!isLeftOut) this.#begin(one);
    collector.nextBeat = this.#now + this.#untilBeat(collector.rules.rhythm);
  }

  /** The test has all beats be as early as they may. */
  #untilBeat({ kind, milliseconds }: Rhythm): number {
    return kind === 'every' ? 0.95 * milliseconds : milliseconds - (this.#now % milliseconds);
  }

  /** Tells a call to end. One that has no place yet is done with that. */
  #abort(one: number, call: Call, state: 'late' | 'abandoned'): void {
    const collector = this.#of(one);
    if (call.state === 'late') return;
    call.state = state;
    this.#inside.delete(call);
    if (state === 'late') collector.lastEnd = 'late';
    if (state === 'late' && collector.rules.onError !== 'keep') this.series.drop(one);
    if (call.number === undefined) this.#settle(one, call);
  }

  #settle(one: number, call: Call): void {
    const collector = this.#of(one);
    const place = this.#waiting.findIndex(([, other]) => other === call);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#inside.delete(call);
    collector.call = undefined;
    collector.duration = this.#now - call.began;
    for (const scrape of call.queue) this.#collect(scrape, one);
  }

  /** Lets those who wait have the places that are free. */
  #admit(): void {
    while (this.#inside.size < this.#places) {
      const [one, call] = this.#waiting.shift() ?? [];
      if (one === undefined || call === undefined) return;
      this.#inside.add(call);
      call.number = ++this.#of(one).runs;
    }
  }

  #resolve(scrape: ModelScrape, one: number, end: End): void {
    const { rules, lastSuccess, lastGood = -Infinity, call, duration } = this.#of(one);
    const mayKeep = end !== 'success' && end !== 'nothing' && rules.onError === 'keep';
    const isKept = mayKeep && this.#now - lastGood <= maxAge;
    if (mayKeep && !isKept) this.series.drop(one);
    const isRunning = call !== undefined && (end === 'late' || duration === undefined);
    scrape.outcomes.set(one, { end, isKept, duration: isRunning ? this.#now - call.began : duration, lastSuccess });
    for (const other of scrape.deadlines.keys()) if (this.#of(other).rules.after.includes(one)) this.#next.push([scrape, other]);
  }

  #done<T>(result?: T): T {
    // What comes after others comes after all that begins at once.
    for (const [scrape, one] of this.#next) {
      if (!scrape.outcomes.has(one) && this.#beforeOf(scrape, one).length === 0) this.#collect(scrape, one);
    }
    this.#next.length = 0;
    this.#admit();
    for (const scrape of this.#scrapes) {
      if (scrape.answer === undefined && scrape.outcomes.size === scrape.deadlines.size) scrape.answer = this.#answer(scrape);
    }
    return result as T;
  }

  #answer({ outcomes }: ModelScrape): ModelAnswer {
    const bad = [...outcomes].toSorted(([one], [other]) => one - other).filter(([, { end }]) => end !== 'success' && end !== 'nothing');
    const fatal = bad.filter(([one]) => this.#of(one).rules.onError === 'fail');
    const areAll = bad.length > 0 && bad.length === outcomes.size && !bad.some(([, { isKept }]) => isKept);
    const failed = (areAll ? bad : fatal).map(([one]) => this.#names[one]).join(', ');
    const isTold = new Map([...outcomes].map(([one, { end, isKept }]) => [one, end === 'success' || isKept] as const));
    const samples = new Map([...this.counts, ...this.series.told(isTold)]);
    for (const [one, { end, duration, lastSuccess }] of outcomes) {
      const gauge = (name: string): string => `m_scrape_collector_${name}{collector="${this.#names[one]}"}`;
      samples.set(gauge('success'), end === 'success' ? 1 : 0);
      if (duration !== undefined) samples.set(gauge('duration_seconds'), duration / 1_000);
      if (lastSuccess !== undefined) samples.set(gauge('last_success_timestamp_seconds'), lastSuccess / 1_000);
    }
    return { status: failed === '' ? 200 : 500, failure: `Failed or late: ${failed}. See the log of the exporter.\n`, samples };
  }
}
