import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { type Counter, createExporter, Exporter, type Gauge, type LiveExporter, Metric, NoData } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { type CollectorRules, maxAge, type ModelScrape, type Rhythm, ScrapeModel, type Settled } from './scrape-model.js';

// Drawn before chance is taken away.
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/* No real time passes: only what waits for the next turn of the event loop is real. */
beforeEach(() => {
  jest.useFakeTimers({ now: 1e12, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  // All beats are as early as they may be.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

@Exporter({ name: 'm-exporter', description: 'A model.' })
class Modelled {
  @Metric({ type: 'gauge', help: 'A gauge.', labels: ['k'] }) v!: Gauge<'k'>;
  @Metric({ type: 'gauge', help: 'A gauge that keeps.', labels: ['k'], stale: 'keep' }) w!: Gauge<'k'>;
  @Metric({ type: 'counter', help: 'A counter.', labels: ['k'] }) n!: Counter<'k'>;
}

jest.setTimeout(600_000);

const runs = Number(process.env['RUNS'] ?? 3_000);

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
  #isOver = false;

  constructor({ exporter, strangers, limit }: Stage, rules: readonly CollectorRules[]) {
    this.exporter = exporter;
    this.strangers = strangers;
    this.names = places.map((one) => `c${strangers.length + one}`);
    this.model = new ScrapeModel(this.names, rules, { now: Date.now(), places: limit });
    rules.forEach(({ onError, timeout, rhythm, after }, one) => {
      const declaration = {
        onError,
        ...(timeout && { timeout }),
        ...(onError === 'keep' && { maxAge }),
        ...rhythmOf(rhythm),
        ...(after.length > 0 && { after: after.map((other) => this.names[other] ?? '') }),
      };
      exporter.addCollector(this.names[one] ?? '', declaration, ({ signal }) => this.#call(one, signal));
    });
  }

  /** In a call, or outside. */
  update(key: string, change: Change, call?: RealCall): void {
    const metric = this.exporter.instance[key.charAt(0) as 'v' | 'w'];
    const k = key.slice(key.indexOf('"') + 1, -2);
    const update = (): void => {
      if (change === 'remove') metric.remove(k);
      else if (change === 'inc') metric.inc({ k });
      else metric.set({ k }, change);
    };
    if (call) call.run(update);
    else update();
  }

  async next(): Promise<void> {
    await new Promise(setImmediate);
    for (const scrape of this.scrapes) this.#compare(scrape);
    this.model.collectors.forEach(({ call, runs }, one) => {
      const real = this.calls[one] ?? [];
      assert.equal(real.length, runs);
      const isRunning = call?.number !== undefined;
      assert.equal(this.#running.has(one), isRunning);
      if (isRunning) assert.equal(real.at(-1)?.signal.aborted, call.state !== 'running');
    });
  }

  get areAllAnswered(): boolean {
    return this.scrapes.every(({ isCompared }) => isCompared);
  }

  /** Ends all that runs, so that those who come after find free places. */
  async leave(): Promise<void> {
    this.#isOver = true;
    for (const one of this.#running) this.calls[one]?.at(-1)?.end('failure');
    await new Promise(setImmediate);
    jest.clearAllTimers();
    for (const metric of Object.values(this.exporter.metrics)) metric?.reset();
  }

  #call(one: number, signal: AbortSignal): Promise<void> | undefined {
    if (this.#isOver) return undefined;
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
    const { status, failure, samples } = model.answer;
    assert.equal(answer.status, status, answer.text);
    if (status === 500) {
      assert.equal(answer.text, failure);
      return;
    }
    const lines = answer.text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('m_exporter_'));
    const told = lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))] as const);
    assert.deepEqual(new Map(told), samples);
  }
}

/** One exporter for many runs: a new one for each would cost more than the run. */
interface Stage {
  readonly exporter: LiveExporter<Modelled>;
  readonly strangers: string[];
  readonly limit: number;
}

type Change = number | 'inc' | 'remove';

function rhythmOf({ kind, milliseconds }: Rhythm): object {
  if (kind === 'cron') return { cron: `*/${milliseconds / 1_000} * * * * *` };
  return kind === 'scrape' ? {} : { [kind]: milliseconds };
}

/** What may be done: values are drawn, and then done to the real exporter and to its model. */
const drawn = {
  scrape: fc.record({
    chosen: fc.subarray(places, { minLength: 1 }),
    isExcluding: fc.boolean(),
    seconds: fc.constantFrom(undefined, 1, 1.5, 3, 8),
  }),
  /** A whole scrape, whose handlers set something and end in some order. */
  round: fc.array(
    fc.record({
      one: fc.constantFrom(...places),
      keys: fc.subarray(['v', 'V', 'w', 's'] as ('v' | 'V' | 'w' | 's')[]),
      settled: fc.constantFrom<Settled>('success', 'success', 'success', 'failure'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  leave: fc.record({ nth: fc.nat(4) }),
  set: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('v', 'V', 'w', 's', 's'), age: fc.constantFrom(1, 1, 1, 2) }),
  inc: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('v', 'w', 's'), isInside: fc.boolean() }),
  // What is set outside is not removed in calls here: that is tried by the model of tests/metrics/call.test.ts.
  remove: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('V', 'W') }),
  write: fc.record({ one: fc.constantFrom(...places), key: fc.constantFrom('v', 'w', 's'), value: fc.constantFrom(101, 102, undefined) }),
  count: fc.record({ one: fc.constantFrom(...places), isInside: fc.boolean() }),
  end: fc.record({ one: fc.constantFrom(...places), settled: fc.constantFrom<Settled>('success', 'success', 'failure', 'nothing') }),
  wait: fc.record({ steps: fc.constantFrom(1, 1, 2, 3, 5, 11, 21) }),
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
  async round(world, calls) {
    await actions.scrape(world, {
      chosen: places.filter((place) => calls.some(({ one }) => one === place)),
      isExcluding: false,
      seconds: undefined,
    });
    for (const { one, keys, settled } of calls) {
      await world.next();
      for (const key of keys) await actions.set(world, { one, key, age: 1 });
      await actions.end(world, { one, settled });
    }
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
    world.model.set(one, number, keyOf(one, key), () => number);
  },
  inc(world, { one, key, isInside }) {
    const [calls = [], name] = [world.calls[one], keyOf(one, key)];
    const call = isInside ? calls.at(-1) : undefined;
    world.update(name, 'inc', call);
    if (call) world.model.set(one, calls.length, name, (before = 0) => before + 1);
    else world.model.series.write(name, (world.model.series.valueOf(name) ?? 0) + 1);
  },
  remove(world, { one, key }) {
    const calls = world.calls[one] ?? [];
    const call = calls.at(-1);
    if (call === undefined) return;
    world.update(keyOf(one, key), 'remove', call);
    world.model.set(one, calls.length, keyOf(one, key), () => undefined);
  },
  write(world, { one, key, value }) {
    world.update(keyOf(one, key), value ?? 'remove');
    world.model.series.write(keyOf(one, key), value);
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
    if (model.collectors[one]?.call?.number === undefined) return;
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

/** `v` and `V` are two series of one metric; all collectors set `s`. */
function keyOf(one: number, key: string): string {
  return key === 's' ? 'v{k="s"}' : `${key.toLowerCase()}{k="${one}${key}"}`;
}

const weights: Readonly<Record<keyof Drawn, number>> = {
  scrape: 4,
  round: 4,
  leave: 1,
  set: 7,
  inc: 2,
  remove: 1,
  write: 2,
  count: 2,
  end: 6,
  wait: 4,
};
const kinds = Object.keys(drawn) as (keyof Drawn)[];
const action = fc.oneof(
  ...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.tuple(fc.constant(kind), drawn[kind] as fc.Arbitrary<never>) })),
);
const rhythms = fc.constantFrom<Rhythm>(
  { kind: 'scrape', milliseconds: 0 },
  { kind: 'scrape', milliseconds: 0 },
  { kind: 'scrape', milliseconds: 0 },
  { kind: 'cache', milliseconds: 3_000 },
  { kind: 'cache', milliseconds: 6_000 },
  { kind: 'every', milliseconds: 10_000 },
  { kind: 'cron', milliseconds: 5_000 },
);
/** @param before how many others are declared before this one */
const rules = (before: number) =>
  fc
    .record({
      onError: fc.constantFrom<CollectorRules['onError']>('drop', 'drop', 'keep', 'keep', 'fail'),
      timeout: fc.constantFrom(undefined, 2_000, 4_000),
      rhythm: rhythms,
      after: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(places.slice(0, before)) }),
    })
    .map((one) => (one.rhythm.kind === 'every' || one.rhythm.kind === 'cron' ? { ...one, after: [] } : one));

test('whatever scrapes, handlers and others do, each answer is what a plain model tells', async () => {
  const stages = new Map<number, Stage>();
  const stageOf = async (limit: number): Promise<Stage> => {
    const known = stages.get(limit);
    if (known && known.strangers.length < 50 * places.length) return known;
    const exporter = createExporter(Modelled, { log: silentLogger, options: { maxConcurrentCollectors: limit } });
    await exporter.start();
    const stage = { exporter, strangers: [], limit };
    stages.set(limit, stage);
    return stage;
  };
  const run = async (limit: number, ofAll: readonly CollectorRules[], steps: readonly (readonly [keyof Drawn, never])[]): Promise<void> => {
    const stage = await stageOf(limit);
    const world = new World(stage, ofAll);
    try {
      await world.next();
      for (const [kind, values] of steps) {
        await actions[kind](world, values);
        await world.next();
      }
      // No deadline is longer than ten seconds, so that all are answered in the end.
      for (let count = 0; count < 20 && !world.areAllAnswered; count++) await actions.wait(world, { steps: 1 });
      assert.ok(world.areAllAnswered);
      await world.leave();
      stage.strangers.push(...world.names);
    } catch (error) {
      stages.delete(limit);
      jest.clearAllTimers();
      throw error;
    }
  };
  const all = fc.tuple(...places.map(rules));
  const limits = fc.constantFrom(0, 0, 0, 1, 2);
  await fc.assert(fc.asyncProperty(limits, all, fc.array(action, { maxLength: 24, size: 'max' }), run), { numRuns: runs, seed });
});
