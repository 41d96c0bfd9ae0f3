import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { type Counter, createExporter, Exporter, type Gauge, type LiveExporter, Metric, NoData } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { type CollectorRules, maxAge, type ModelScrape, ScrapeModel, type Settled, shared } from './scrape-model.js';

/* No real time passes: only what waits for the next turn of the event loop is real. */
beforeEach(() => void jest.useFakeTimers({ now: 1e12, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

@Exporter({ name: 'm-exporter', description: 'A model.' })
class Modelled {
  @Metric({ type: 'gauge', help: 'A gauge.', labels: ['k'] }) v!: Gauge<'k'>;
  @Metric({ type: 'gauge', help: 'A gauge that keeps.', labels: ['k'], stale: 'keep' }) w!: Gauge<'k'>;
  @Metric({ type: 'counter', help: 'A counter.', labels: ['k'] }) n!: Counter<'k'>;
}

jest.setTimeout(240_000);

const step = 500;
const places = [0, 1, 2];

/** One call of a handler: runs something as its own, and ends it. */
interface RealCall {
  readonly run: (update: () => void) => void;
  readonly end: (settled: Settled) => void;
  readonly signal: AbortSignal;
}

interface RealScrape {
  readonly model: ModelScrape;
  readonly controller: AbortController;
  answer: { readonly status: number; readonly text: string } | undefined;
  isCompared: boolean;
}

/** Three collectors of a real exporter, which it may have had others before, beside their model. */
class World {
  readonly exporter: LiveExporter<Modelled>;
  readonly model: ScrapeModel;
  readonly calls: readonly RealCall[][] = places.map(() => []);
  readonly scrapes: RealScrape[] = [];
  readonly names: readonly string[];
  /** Collectors of other runs. */
  readonly strangers: readonly string[];
  readonly #running = new Set<number>();

  constructor(exporter: LiveExporter<Modelled>, strangers: readonly string[], rules: readonly CollectorRules[]) {
    this.exporter = exporter;
    this.strangers = strangers;
    this.names = places.map((one) => `c${strangers.length + one}`);
    this.model = new ScrapeModel(this.names, rules, Date.now());
    rules.forEach(({ onError, timeout }, one) => {
      const declaration = { onError, ...(timeout && { timeout }), ...(onError === 'keep' && { maxAge }) };
      exporter.addCollector(this.names[one] ?? '', declaration, ({ signal }) => this.#call(one, signal));
    });
  }

  /** In a call, or outside. */
  update(key: string, value: number | undefined, call?: RealCall): void {
    const metric = this.exporter.instance[key.charAt(0) as 'v' | 'w'];
    const k = key.slice(key.indexOf('"') + 1, -2);
    const update = (): void => (value === undefined ? metric.remove(k) : metric.set({ k }, value));
    if (call) call.run(update);
    else update();
  }

  async next(): Promise<void> {
    await new Promise(setImmediate);
    for (const scrape of this.scrapes) this.#compare(scrape);
    this.model.collectors.forEach(({ call, calls }, one) => {
      const real = this.calls[one] ?? [];
      assert.equal(real.length, calls);
      assert.equal(this.#running.has(one), call !== undefined);
      if (call) assert.equal(real.at(-1)?.signal.aborted, call.state !== 'running');
    });
  }

  get areAllAnswered(): boolean {
    return this.scrapes.every(({ isCompared }) => isCompared);
  }

  #call(one: number, signal: AbortSignal): Promise<void> {
    assert.ok(!this.#running.has(one), 'one call at a time');
    this.#running.add(one);
    return new Promise<void>((resolve, reject) => {
      const end = (settled: Settled): void => {
        this.#running.delete(one);
        if (settled === 'success') resolve();
        else reject(settled === 'nothing' ? new NoData('nothing') : new Error('failed'));
      };
      this.calls[one]?.push({ run: AsyncLocalStorage.snapshot(), end, signal });
    });
  }

  #compare(scrape: RealScrape): void {
    const { model, answer } = scrape;
    // Each at its own deadline, no sooner and no later.
    assert.equal(answer !== undefined, model.answer !== undefined);
    if (scrape.isCompared || answer === undefined || model.answer === undefined) return;
    scrape.isCompared = true;
    if (model.hasLeft) return;
    const { statuses, failure, samples, unsure, sharedValues } = model.answer;
    assert.ok(statuses.includes(answer.status), `${answer.status}: ${answer.text}`);
    if (answer.status === 500) {
      if (unsure.length === 0) assert.equal(answer.text, failure);
      return;
    }
    const lines = answer.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const told = new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]));
    const sharedValue = told.get(shared);
    assert.ok(sharedValue === undefined || sharedValues.includes(sharedValue), `${sharedValue} of ${sharedValues.join()}`);
    const isSure = ([key]: [string, number]): boolean =>
      key !== shared && !unsure.some((one) => key.includes(`"${one}`) || key.includes(`"${this.names[one]}"`));
    assert.deepEqual(new Map([...told].filter(isSure)), new Map([...samples].filter(isSure)));
  }
}

/** What may be done: values are drawn, and then done to the real exporter and to its model. */
const drawn = {
  scrape: fc.record({
    chosen: fc.subarray(places, { minLength: 1 }),
    isExcluding: fc.boolean(),
    seconds: fc.constantFrom(undefined, 1, 1.5, 3, 8),
  }),
  leave: fc.record({ nth: fc.nat(4) }),
  set: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('v', 'V', 'w', 's'), age: fc.constantFrom(1, 1, 1, 2) }),
  write: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('v', 'w', 's'), value: fc.constantFrom(101, 102, undefined) }),
  count: fc.record({ one: fc.constantFrom(...places), isInside: fc.boolean() }),
  end: fc.record({ one: fc.constantFrom(...places), settled: fc.constantFrom<Settled>('success', 'success', 'failure', 'nothing') }),
  wait: fc.record({ steps: fc.constantFrom(1, 1, 2, 3, 5, 11) }),
};
type Drawn = { readonly [Kind in keyof typeof drawn]: (typeof drawn)[Kind] extends fc.Arbitrary<infer Values> ? Values : never };

const actions: { readonly [Kind in keyof Drawn]: (world: World, values: Drawn[Kind]) => Promise<void> | void } = {
  scrape({ exporter, model, scrapes, names, strangers }, { chosen, isExcluding, seconds }) {
    const collect = names.filter((_name, one) => chosen.includes(one));
    const choice = isExcluding ? { exclude: [...strangers, ...names.filter((name) => !collect.includes(name))] } : { collect };
    const controller = new AbortController();
    const scrape: RealScrape = {
      model: model.scrape(chosen, seconds && seconds * 1_000 - 500),
      controller,
      answer: undefined,
      isCompared: false,
    };
    scrapes.push(scrape);
    void exporter.scrape({ ...choice, timeoutSeconds: seconds, signal: controller.signal }).then(({ status, body }) => {
      scrape.answer = { status, text: body.toString() };
    });
  },
  leave({ model, scrapes }, { nth }) {
    const scrape = scrapes.filter(({ answer }) => answer === undefined)[nth];
    scrape?.controller.abort();
    if (scrape) model.leave(scrape.model);
  },
  set(world, { one, key, age }) {
    const calls = world.calls[one] ?? [];
    const number = calls.length + 1 - age;
    const call = calls[number - 1];
    if (call === undefined) return;
    world.update(keyOf(one, key), number, call);
    world.model.set(one, number, keyOf(one, key));
  },
  write(world, { one, key, value }) {
    world.update(keyOf(one, key), value);
    world.model.write(keyOf(one, key), value);
  },
  count({ exporter, calls, model }, { one, isInside }) {
    const count = (): void => exporter.instance.n.inc({ k: String(one) });
    const call = calls[one]?.at(-1);
    if (call && isInside) call.run(count);
    else count();
    const key = `n_total{k="${one}"}`;
    model.counts.set(key, (model.counts.get(key) ?? 0) + 1);
  },
  end({ calls, model }, { one, settled }) {
    if (!model.collectors[one]?.call) return;
    calls[one]?.at(-1)?.end(settled);
    model.end(one, settled);
  },
  async wait(world, { steps }) {
    for (let count = 0; count < steps; count++) {
      jest.advanceTimersByTime(step);
      world.model.tick(step);
      await world.next();
    }
  },
};

/** `v` and `V` are two series of one metric. */
function keyOf(one: number, key: string): string {
  return key === 's' ? shared : `${key.toLowerCase()}{k="${one}${key}"}`;
}

const weights: Readonly<Record<keyof Drawn, number>> = { scrape: 5, leave: 1, set: 7, write: 2, count: 2, end: 6, wait: 4 };
const kinds = Object.keys(drawn) as (keyof Drawn)[];
const action = fc.oneof(
  ...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.tuple(fc.constant(kind), drawn[kind] as fc.Arbitrary<never>) })),
);
const rules = fc.record({
  onError: fc.constantFrom<CollectorRules['onError']>('drop', 'drop', 'keep', 'keep', 'fail'),
  timeout: fc.constantFrom(undefined, 2_000, 4_000),
});

test('whatever scrapes, handlers and others do, each answer is what a plain model tells', async () => {
  let runs = 0;
  let exporter: LiveExporter<Modelled>;
  let strangers: string[];
  const run = async (ofAll: readonly CollectorRules[], steps: readonly (readonly [keyof Drawn, never])[]): Promise<void> => {
    // A new one for each run would cost more than the run.
    if (runs++ % 50 === 0) {
      exporter = createExporter(Modelled, { log: silentLogger, options: { webDisableExporterMetrics: true } });
      strangers = [];
      await exporter.start();
    }
    const world = new World(exporter, strangers, ofAll);
    for (const [kind, values] of steps) {
      await actions[kind](world, values);
      await world.next();
    }
    // No deadline is longer than ten seconds, so that all are answered in the end.
    for (let count = 0; count < 20 && !world.areAllAnswered; count++) await actions.wait(world, { steps: 1 });
    assert.ok(world.areAllAnswered);
    strangers = [...strangers, ...world.names];
    for (const metric of Object.values(exporter.metrics)) metric?.reset();
    jest.clearAllTimers();
  };
  const all = fc.tuple(...places.map(() => rules));
  await fc.assert(fc.asyncProperty(all, fc.array(action, { maxLength: 24, size: 'max' }), run), { numRuns: 2_000 });
});
