import fc from 'fast-check';
import * as prom from 'prom-client';
import { createMetricStore, enableProcessStats, type MetricStore } from '../../src/metrics/metric-store.js';
import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import type { AnyMetric, Counter, Enum, Gauge, Histogram, Info, Summary, Unknown } from '../../src/model/metric.js';
import { seriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

function storeOf() {
  const failures: string[] = [];
  const store = createMetricStore({ onForeignFailure: (name, error) => failures.push(`${name}: ${String(error)}`) });
  return { store, failures, registers: [store.registry] };
}

function create<M>(store: MetricStore, declaration: Omit<NamedMetricDeclaration, 'help'>): M {
  return store.create(specOf(declaration)) as M;
}

const namesOf = async (store: MetricStore) => (await store.takeSnapshot()).map(({ name }) => name);

test('a snapshot has ours in the order of creation, then those of others in the order of registration', async () => {
  const { store, registers } = storeOf();
  new prom.Gauge({ name: 'theirs_z', help: 'h', registers });
  create(store, { name: 'z', type: 'gauge' });
  new prom.Gauge({ name: 'theirs_a', help: 'h', registers });
  create(store, { name: 'a', type: 'counter' });
  expect(await namesOf(store)).toEqual(['z', 'a', 'theirs_z', 'theirs_a']);
});

test('every type has its metric, and a family even without series', async () => {
  const { store } = storeOf();
  create<Gauge>(store, { name: 'g', type: 'gauge', unit: 'seconds' });
  create<Counter>(store, { name: 'c', type: 'counter' });
  create<Histogram>(store, { name: 'h', type: 'histogram', buckets: [1] });
  create<Summary>(store, { name: 's', type: 'summary', percentiles: [0.5] });
  create<Info<'a'>>(store, { name: 'i', type: 'info', labels: ['a'] });
  create<Enum<'on'>>(store, { name: 'e', type: 'enum', states: ['on'] });
  create<Unknown>(store, { name: 'u', type: 'unknown' });
  const head = { help: 'Help.', unit: undefined };
  expect(await store.takeSnapshot()).toEqual([
    { ...head, name: 'g_seconds', unit: 'seconds', type: 'gauge', blocks: [] },
    { ...head, name: 'c', type: 'counter', blocks: [{ labels: [''], values: Float64Array.of(0) }] },
    { ...head, name: 'h', type: 'histogram', blocks: [{ labels: [''], points: [1], values: Float64Array.of(0, 0, 0) }] },
    { ...head, name: 's', type: 'summary', blocks: [{ labels: [''], points: [0.5], values: Float64Array.of(NaN, 0, 0) }] },
    { ...head, name: 'i', type: 'info', blocks: [] },
    { ...head, name: 'e', type: 'enum', states: ['on'], blocks: [] },
    { ...head, name: 'u', type: 'unknown', blocks: [] },
  ]); // prettier-ignore
});

test('the map of metrics grows, by declared name', () => {
  const { store } = storeOf();
  const { metrics } = store;
  expect([metrics['constructor'], Object.keys(metrics)]).toEqual([undefined, []]);
  const jobs = create<Counter>(store, { name: 'jobs', type: 'counter' });
  expect(metrics['jobs']).toBe(jobs);
  expect(store.registry.getSingleMetric('jobs_total')).toBe(jobs);
});

test('prom-client never hears of the metrics of a store', () => {
  create(createMetricStore(), { name: 'jobs', type: 'counter' });
  expect(prom.register.getMetricsAsArray()).toEqual([]);
});

test('a name that is taken is refused', () => {
  const { store } = storeOf();
  create(store, { name: 'jobs', type: 'counter' });
  const message = 'ScrapeError DUPLICATE_NAME jobs_total: two metrics would produce this name. Rename one of them.';
  expect(failureOf(() => create(store, { name: 'jobs', type: 'counter' }))).toBe(message);
  expect(failureOf(() => create(store, { name: 'jobs_total', type: 'gauge' }))).toBe(message);
});

test('what is taken out of the registry is in no snapshot', async () => {
  const { store } = storeOf();
  create(store, { name: 'a', type: 'gauge' });
  create(store, { name: 'b', type: 'gauge' });
  store.registry.removeSingleMetric('a');
  expect(await namesOf(store)).toEqual(['b']);
});

test('ours are read in one moment, after those of others have collected', async () => {
  const { store, registers } = storeOf();
  const one = create<Counter>(store, { name: 'one', type: 'counter' });
  const other = create<Summary>(store, { name: 'other', type: 'summary' });
  const collect = async () => {
    one.inc();
    await new Promise((resolve) => setTimeout(resolve, 5));
    other.observe(1);
  };
  new prom.Gauge({ name: 'slow', help: 'h', registers, collect });
  const rounds: (readonly [number, number])[] = [];
  let isBusy = true;
  const count = (): void => {
    one.inc();
    other.observe(1);
    if (isBusy) setImmediate(count);
  };
  setImmediate(count);
  for (let round = 0; round < 20; round++) {
    const [counted, observed] = (await store.takeSnapshot()).map((family) => seriesOf(family)[0]);
    rounds.push([counted?.value ?? NaN, observed?.count ?? NaN]);
  }
  isBusy = false;
  expect(rounds.every(([value, count]) => value === count)).toBe(true);
});

test('a metric of others that fails costs its own family only', async () => {
  const { store, failures, registers } = storeOf();
  create(store, { name: 'ours', type: 'gauge' });
  const fail = (): never => {
    throw new Error('boom');
  };
  new prom.Gauge({ name: 'throws', help: 'h', registers, collect: fail });
  new prom.Gauge({ name: 'rejects', help: 'h', registers, collect: async () => Promise.reject(new Error('late boom')) });
  store.registry.registerMetric({ name: 'odd', get: fail } as unknown as prom.Gauge);
  store.registry.registerMetric({ name: 'empty', get: () => undefined } as unknown as prom.Gauge);
  new prom.Gauge({ name: 'well', help: 'h', registers });
  expect(await namesOf(store)).toEqual(['ours', 'well']);
  expect(failures.sort()).toEqual([
    expect.stringMatching(/^empty: TypeError: /),
    'odd: Error: boom',
    'rejects: Error: late boom',
    'throws: Error: boom',
  ]);
});

test('a metric of others that hangs does not hang the snapshot', async () => {
  const { store, failures, registers } = storeOf();
  create(store, { name: 'ours', type: 'gauge' });
  new prom.Gauge({ name: 'hangs', help: 'h', registers, collect: () => new Promise<void>(() => {}) });
  jest.useFakeTimers();
  const snapshot = store.takeSnapshot({ deadline: Date.now() + 5 });
  await jest.advanceTimersByTimeAsync(5);
  jest.useRealTimers();
  const families = await snapshot;
  expect(families.map(({ name }) => name)).toEqual(['ours']);
  expect(failures).toEqual(['hangs: Error: it did not answer in time']);
});

test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'])('a metric may be named %s', async (name) => {
  const { store, failures, registers } = storeOf();
  const gauge = create<Gauge>(store, { name, type: 'gauge' });
  gauge.set(5);
  expect([store.metrics[name], store.registry.getSingleMetric(name)]).toEqual([gauge, gauge]);
  expect(await store.registry.getSingleMetricAsString(name)).toContain(`\n${name} 5`);
  expect(await store.registry.metrics()).toContain(`\n${name} 5`);
  expect(() => new prom.Gauge({ name, help: 'h', registers })).toThrow('already been registered');
  expect(await store.takeSnapshot()).toMatchObject([{ name, blocks: [{ values: Float64Array.of(5) }] }]);
  expect(failures).toEqual([]);
  store.registry.removeSingleMetric(name);
  new prom.Gauge({ name, help: 'theirs', registers });
  expect(await store.takeSnapshot()).toMatchObject([{ name, help: 'theirs' }]);
});

test('failures may be ignored', async () => {
  const store = createMetricStore();
  new prom.Gauge({ name: 'theirs', help: 'h', registers: [store.registry], collect: () => Promise.reject(new Error('x')) });
  expect(await store.takeSnapshot()).toEqual([]);
});

test.each<[Omit<NamedMetricDeclaration, 'help'>, string]>([
  [{ name: 'jobs', type: 'counter' }, 'jobs'],
  [{ name: 'jobs', type: 'gauge' }, 'jobs_total'],
  [{ name: 'jobs_total_count', type: 'gauge' }, 'jobs_total'],
  [{ name: 'build', type: 'info', labels: ['a'] }, 'build'],
])('a metric of others whose family clashes with one of ours is left out, and told once (%#)', async (declaration, name) => {
  const { store, failures, registers } = storeOf();
  create(store, declaration);
  if (declaration.name.endsWith('_count')) new prom.Histogram({ name, help: 'h', registers });
  else new prom.Counter({ name, help: 'h', registers });
  expect(await store.takeSnapshot()).toHaveLength(1);
  expect(await store.takeSnapshot()).toHaveLength(1);
  expect(failures).toEqual([`${name}: ScrapeError: ${name}: two metrics would produce this name. Rename one of them.`]);
});

test('a metric of others that already has the name of a new one of ours gives way', async () => {
  const { store, failures, registers } = storeOf();
  new prom.Gauge({ name: 'queue', help: 'theirs', registers });
  create(store, { name: 'queue', type: 'gauge' });
  expect(await store.takeSnapshot()).toMatchObject([{ name: 'queue', help: 'Help.' }]);
  expect(failures).toHaveLength(1);
});

test('two metrics of others do not share a family', async () => {
  const { store, failures, registers } = storeOf();
  new prom.Counter({ name: 'jobs', help: 'first', registers });
  new prom.Counter({ name: 'jobs_total', help: 'second', registers });
  expect(await store.takeSnapshot()).toMatchObject([{ name: 'jobs', help: 'first' }]);
  expect(failures).toHaveLength(1);
});

test('default labels go to all series that do not have them', async () => {
  const { store, registers } = storeOf();
  create<Gauge<'zone'>>(store, { name: 'own', type: 'gauge', labels: ['zone'] }).set({ zone: '' }, 1);
  create<Histogram>(store, { name: 'h', type: 'histogram', buckets: [1] });
  create<Enum<'on'>>(store, { name: 'power', type: 'enum', states: ['on'] }).state('on');
  new prom.Gauge({ name: 'theirs', help: 'h', registers });
  store.registry.setDefaultLabels({ zone: 'eu', power: 1 });
  const labels = (await store.takeSnapshot()).map((family) => seriesOf(family)[0]?.labels);
  const [zone, power] = [
    ['zone', 'eu'],
    ['power', '1'],
  ];
  expect(labels).toEqual([[['zone', ''], power], [zone, power], [zone], [zone, power]]);
});

test('process stats are in the snapshot', async () => {
  const { store, failures } = storeOf();
  enableProcessStats(store);
  const families = new Map((await store.takeSnapshot()).map((family) => [family.name, family]));
  expect(families.get('process_cpu_user_seconds')).toMatchObject({ type: 'counter' });
  expect(seriesOf(families.get('process_cpu_user_seconds'))).toEqual([{ labels: [], value: expect.any(Number) }]);
  expect(seriesOf(families.get('nodejs_version_info'))).toMatchObject([{ labels: expect.arrayContaining([['version', process.version]]), value: 1 }]); // prettier-ignore
  expect(families.get('nodejs_gc_duration_seconds')).toMatchObject({ type: 'histogram' });
  expect(failures).toEqual([]);
});

test('the registry of prom-client renders our metrics', async () => {
  const { store } = storeOf();
  create<Gauge<'a'>>(store, { name: 'g', type: 'gauge', labels: ['a'] }).set({ a: 'x"\n' }, 1.5);
  create<Counter>(store, { name: 'c', type: 'counter' }).inc();
  create<Histogram<'a'>>(store, { name: 'h', type: 'histogram', buckets: [1], labels: ['a'] }).observe({ a: 'x' }, 0.5);
  create<Summary>(store, { name: 's', type: 'summary', percentiles: [0.5] }).observe(2);
  create<Enum<'on' | 'off'>>(store, { name: 'e', type: 'enum', states: ['on', 'off'] }).state('off');
  create<Unknown>(store, { name: 'u', type: 'unknown' }).set(3);
  const text = await store.registry.metrics();
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('# HELP'))).toEqual([
    '# TYPE g gauge',
    'g{a="x\\"\\n"} 1.5',
    '# TYPE c_total counter',
    'c_total 1',
    '# TYPE h histogram',
    'h_bucket{le="1",a="x"} 1',
    'h_bucket{le="+Inf",a="x"} 1',
    'h_sum{a="x"} 0.5',
    'h_count{a="x"} 1',
    '# TYPE s summary',
    's{quantile="0.5"} 2',
    's_sum 2',
    's_count 1',
    '# TYPE e gauge',
    'e{e="on"} 0',
    'e{e="off"} 1',
    '# TYPE u gauge',
    'u 3',
  ]);
  const names = (await store.registry.getMetricsAsJSON()).map(({ name }) => name);
  expect(names).toEqual(['g', 'c_total', 'h', 's', 'e', 'u']);
});

test('the registry of prom-client resets our metrics', async () => {
  const { store } = storeOf();
  create<Gauge>(store, { name: 'g', type: 'gauge' }).set(5);
  create<Counter>(store, { name: 'c', type: 'counter' }).inc(5);
  store.registry.resetMetrics();
  expect(await store.takeSnapshot()).toMatchObject([{ blocks: [] }, { blocks: [{ values: Float64Array.of(0) }] }]);
});

test('OpenMetrics of prom-client, which renames counters for good, does not touch the snapshot', async () => {
  const { store, failures, registers } = storeOf();
  create<Counter>(store, { name: 'ours', type: 'counter' }).inc();
  new prom.Counter({ name: 'theirs_total', help: 'h', registers });
  const before = await store.takeSnapshot();
  store.registry.setContentType(prom.openMetricsContentType as never);
  expect(await store.registry.metrics()).toContain('\nours_total 1\n');
  expect(await store.takeSnapshot()).toEqual(before);
  expect(failures).toEqual([]);
});

const own = ['g', 'c', 'h', 's', 'e', 'i'] as const;

function createAll(store: MetricStore) {
  return {
    g: create<Gauge<'a'>>(store, { name: 'g', type: 'gauge', labels: ['a'] }),
    c: create<Counter<'a'>>(store, { name: 'c', type: 'counter', labels: ['a'] }),
    h: create<Histogram<'a'>>(store, { name: 'h', type: 'histogram', labels: ['a'], buckets: [1] }),
    s: create<Summary<'a'>>(store, { name: 's', type: 'summary', labels: ['a'], percentiles: [0.5] }),
    e: create<Enum<'0' | '1', 'a'>>(store, { name: 'e', type: 'enum', labels: ['a'], states: ['0', '1'] }),
    i: create<Info<'a'>>(store, { name: 'i', type: 'info', labels: ['a'] }),
  };
}

const textOf = (families: readonly MetricFamily[]) => JSON.stringify(families.map(seriesOf));

test('snapshots never change, and what has not changed is the same object', async () => {
  const step = fc.tuple(fc.constantFrom(...own), fc.constantFrom('update', 'update', 'update', 'remove', 'reset'), fc.nat(3), fc.nat(1));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { store } = storeOf();
      const metrics = createAll(store);
      const taken = [await store.takeSnapshot()];
      const copies = [structuredClone(taken[0])];
      for (const [name, kind, series, value] of steps) {
        const a = String(series);
        if (kind === 'remove') metrics[name].remove({ a });
        else if (kind === 'reset') metrics[name].reset();
        else if (name === 'g') metrics.g.set({ a }, value);
        else if (name === 'c') metrics.c.inc({ a }, value);
        else if (name === 'h') metrics.h.observe({ a }, value);
        else if (name === 's') metrics.s.observe({ a }, value);
        else if (name === 'e') metrics.e.state({ a }, value === 0 ? '0' : '1');
        else metrics.i.info({ a });
        const last = taken.at(-1);
        const snapshot = await store.takeSnapshot();
        expect(await store.takeSnapshot()).toBe(snapshot);
        const changed = own.filter((_, place) => snapshot[place] !== last?.[place]);
        expect(changed.filter((one) => one !== name)).toEqual([]);
        expect(snapshot === last).toBe(changed.length === 0);
        // What says the same as before is the same, but for distributions, of which each observation is news.
        const isDistribution = name === 'h' || name === 's';
        if (!isDistribution || kind !== 'update') expect(changed.length === 0).toBe(textOf(snapshot) === textOf(copies.at(-1) ?? []));
        taken.push(snapshot);
        copies.push(structuredClone(snapshot));
      }
      expect(taken).toEqual(copies);
    }),
  );
});

test('of ten thousand series only the blocks are new whose series have changed', async () => {
  const { store } = storeOf();
  const gauge = create<Gauge<'a'>>(store, { name: 'g', type: 'gauge', labels: ['a'] });
  const set = (place: number, value: number): void => gauge.set({ a: place }, value);
  for (let place = 0; place < 10_000; place++) set(place, 1);
  const [before] = await store.takeSnapshot();
  set(5_000, 2);
  for (let place = 0; place < 1_000; place++) set(place, 1);
  const [after] = await store.takeSnapshot();
  const isNew = after?.blocks.map((block, place) => block !== before?.blocks[place]);
  expect(isNew).toEqual([false, false, false, false, true, false, false, false, false, false]);
  expect(after?.blocks[4]?.labels).toBe(before?.blocks[4]?.labels);
});

test('new default labels make all families new', async () => {
  const { store } = storeOf();
  create<Gauge>(store, { name: 'g', type: 'gauge' }).set(1);
  const before = await store.takeSnapshot();
  store.registry.setDefaultLabels({});
  expect(await store.takeSnapshot()).toBe(before);
  store.registry.setDefaultLabels({ zone: 'eu' });
  const after = await store.takeSnapshot();
  expect(after.map(({ blocks }) => blocks)).toEqual([[{ labels: ['zone="eu"'], values: Float64Array.of(1) }]]);
  expect(await store.takeSnapshot()).toBe(after);
  store.registry.setDefaultLabels({});
  expect(await store.takeSnapshot()).toEqual(before);
});

describe('names with any characters', () => {
  const utf8Of = (type: NamedMetricDeclaration['type'], more: Partial<NamedMetricDeclaration> = {}) =>
    specOf({ name: 'http.größe', type, labels: ['http.method', 'a b'], ...more }, true);
  const labels = { 'http.method': 'GET', 'a b': 1 };

  test.each<[NamedMetricDeclaration['type'], (metric: AnyMetric) => void, string]>([
    ['gauge', (metric) => metric.set(labels, 5), 'http.größe'],
    ['counter', (metric) => metric.inc(labels, 5), 'http.größe_total'],
    ['histogram', (metric) => metric.observe(labels, 5), 'http.größe'],
    ['summary', (metric) => metric.observe(labels, 5), 'http.größe'],
    ['info', (metric) => metric.info(labels), 'http.größe_info'],
    ['enum', (metric) => metric.state(labels, 'on'), 'http.größe'],
    ['unknown', (metric) => metric.set(labels, 5), 'http.größe'],
  ])('are kept by a %s', async (type, update, exportedName) => {
    const { store } = storeOf();
    const metric = store.create(utf8Of(type, type === 'enum' ? { states: ['on'] } : {}));
    expect([metric.name, store.metrics['http.größe'], store.registry.getSingleMetric(exportedName)]).toEqual([
      exportedName,
      metric,
      metric,
    ]);
    update(metric);
    const [family] = await store.takeSnapshot();
    expect(family).toMatchObject({ name: 'http.größe', type, blocks: [{ labels: ['"http.method"="GET","a b"="1"'] }] });
    expect(seriesOf(family)[0]?.labels).toEqual([
      ['http.method', 'GET'],
      ['a b', '1'],
    ]);
    expect(await store.registry.getSingleMetricAsString(exportedName)).toContain(exportedName);
    metric.remove(labels);
    expect((await store.takeSnapshot())[0]?.blocks).toEqual([]);
    expect(() => store.create(utf8Of('gauge', { name: exportedName }))).toThrow('two metrics would produce this name');
  });

  test('are named in messages', () => {
    const { store } = storeOf();
    const gauge = store.create(utf8Of('gauge'));
    expect(failureOf(() => gauge.set({ 'http.methode': 'GET', 'a b': 1 }, 5))).toBe(
      'ScrapeError INVALID_LABELS http.größe: label "http.methode" is not declared. Did you mean http.method?',
    );
  });
});
