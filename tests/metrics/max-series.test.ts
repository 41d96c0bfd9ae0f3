import fc from 'fast-check';
import { CallScope } from '../../src/metrics/call.js';
import { createMetricStore } from '../../src/metrics/metric-store.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { SeriesTable } from '../../src/metrics/series-table.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import { ownerOf } from './owner-of.js';
import { seriesOf, valuesOf } from './series-of.js';
import { specOf } from './spec-of.js';

/** A gauge with the one label `a`, and how often it refused a series. */
function limitedGauge(most: number, scope = new CallScope()) {
  const refused = jest.fn();
  const gauge = new Gauge(specOf({ name: 'g', type: 'gauge', labels: ['a'] }), scope, { most, onRefused: refused });
  const text = (): string => valuesOf(gauge.takeFamily()).map(([labels, value]) => `${Object.values(labels).join()}=${value}`).join(' ');
  return { gauge, text, refused };
} // prettier-ignore

/** A store whose metrics may have two series each, and what it told. */
function limitedStore(maxSeries = 2) {
  const told: unknown[] = [];
  const store = createMetricStore({
    maxSeries,
    droppedName: 'farm_metric_series_dropped_total',
    onSeriesDropped: (metric, most) => void told.push([metric, most]),
  });
  const dropped = async (): Promise<unknown> => {
    const family = (await store.takeSnapshot()).find(({ name }) => name === 'farm_metric_series_dropped');
    return family && Object.fromEntries(valuesOf(family).map(([labels, value]) => [Object.values(labels).join(), value]));
  };
  const create = (declaration: Omit<NamedMetricDeclaration, 'help'>) => store.create(specOf(declaration));
  return { store, create, told, dropped };
}

describe('beyond the limit', () => {
  test('a new series is dropped, and those that are there go on', () => {
    const { gauge, text, refused } = limitedGauge(2);
    for (const a of ['x', 'y', 'z', 'x', 'z']) gauge.inc({ a });
    gauge.set({ a: 'q' }, 5);
    gauge.labels('r').dec();
    expect(text()).toBe('x=2 y=1');
    expect(refused).toHaveBeenCalledTimes(4);
  });

  test('a kept child is dropped until there is room', () => {
    const { gauge, text } = limitedGauge(1);
    const [first, second] = [gauge.labels('x'), gauge.labels('y')];
    first.set(1);
    second.set(1);
    second.inc();
    expect(text()).toBe('x=1');
    gauge.remove('x');
    expect(text()).toBe('');
    second.set(2);
    first.set(2);
    expect(text()).toBe('y=2');
    gauge.reset();
    first.set(3);
    second.set(3);
    expect(text()).toBe('x=3');
  });

  test.each<[Omit<NamedMetricDeclaration, 'help'>, (metric: never, a: string) => void]>([
    [{ name: 'm', type: 'counter' }, (metric: { inc(labels: object): void }, a) => metric.inc({ a })],
    [{ name: 'm', type: 'counter' }, (metric: { setTotal(labels: object, total: number): void }, a) => metric.setTotal({ a }, 1)],
    [{ name: 'm', type: 'gauge' }, (metric: { set(labels: object, value: number): void }, a) => metric.set({ a }, 1)],
    [{ name: 'm', type: 'unknown' }, (metric: { inc(labels: object): void }, a) => metric.inc({ a })],
    [{ name: 'm', type: 'histogram' }, (metric: { observe(labels: object, value: number): void }, a) => metric.observe({ a }, 1)],
    [{ name: 'm', type: 'histogram' }, (metric: { zero(labels: object): void }, a) => metric.zero({ a })],
    [{ name: 'm', type: 'histogram' }, (metric: { setBuckets(labels: object, totals: object): void }, a) => metric.setBuckets({ a }, { buckets: {}, sum: 1, count: 1 })],
    [{ name: 'm', type: 'summary' }, (metric: { observe(labels: object, value: number): void }, a) => metric.observe({ a }, 1)],
    [{ name: 'm', type: 'info' }, (metric: { info(labels: object): void }, a) => metric.info({ a })],
    [{ name: 'm', type: 'enum', states: ['on'] }, (metric: { state(labels: object, state: string): void }, a) => metric.state({ a }, 'on')],
  ])('no update of any type throws or is kept (%#)', async (declaration, update) => {
    const { store, create, dropped } = limitedStore();
    const metric = create({ ...declaration, labels: ['a'] });
    for (const a of ['x', 'y', 'z', 'q']) update(metric as never, a);
    const [family] = await store.takeSnapshot();
    expect(seriesOf(family).map(({ labels }) => labels[0]?.[1])).toEqual(['x', 'y']);
    expect(Object.values((await dropped()) as object)).toEqual([2]);
  }); // prettier-ignore

  test('children of each type are dropped as well', async () => {
    const { store, create, dropped } = limitedStore(1);
    const [counter, total, histogram, totals, summary] = [
      create({ name: 'counter', type: 'counter', labels: ['a'] }),
      create({ name: 'mirrored', type: 'counter', labels: ['a'] }),
      create({ name: 'histogram', type: 'histogram', labels: ['a'] }),
      create({ name: 'mirrored_histogram', type: 'histogram', labels: ['a'] }),
      create({ name: 'summary', type: 'summary', labels: ['a'] }),
    ].map((metric) => (a: string) => metric.labels(a) as Readonly<Record<string, (value?: unknown) => void>>);
    for (const a of ['x', 'y']) {
      counter?.(a)['inc']?.();
      total?.(a)['setTotal']?.(1);
      histogram?.(a)['observe']?.(1);
      totals?.(a)['setBuckets']?.({ buckets: {}, sum: 1, count: 1 });
      summary?.(a)['observe']?.(1);
    }
    const families = (await store.takeSnapshot()).slice(0, 5);
    expect(families.map((family) => seriesOf(family).length)).toEqual([1, 1, 1, 1, 1]);
    expect(await dropped()).toEqual({ counter_total: 1, mirrored_total: 1, histogram: 1, mirrored_histogram: 1, summary: 1 });
  });

  test('known series are dropped, too, the last ones first', async () => {
    const { store, create, dropped } = limitedStore();
    const counter = create({ name: 'c', type: 'counter', labels: { a: ['x', 'y', 'z'] } });
    counter.inc({ a: 'z' });
    expect(valuesOf((await store.takeSnapshot())[0] as MetricFamily)).toEqual([[{ a: 'x' }, 0], [{ a: 'y' }, 0]]); // prettier-ignore
    expect(await dropped()).toEqual({ c_total: 2 });
  });
});

describe('in a call', () => {
  function limited(most: number) {
    const scope = new CallScope();
    const owners = [ownerOf('first', 0), ownerOf('second', 1)] as const;
    const open = (place: 0 | 1 = 0) => scope.open(owners[place], () => {});
    return { ...limitedGauge(most, scope), open };
  }

  test('what is beyond is dropped when the call is published', () => {
    const { gauge, text, refused, open } = limited(2);
    const call = open();
    call.run(() => ['x', 'y', 'z', 'x'].forEach((a) => gauge.inc({ a })));
    expect(text()).toBe('');
    call.publish();
    expect(text()).toBe('x=2 y=1');
    expect(refused).toHaveBeenCalledTimes(1);
  });

  test('what is not set again makes room for what is new, even where all is new', () => {
    const { gauge, text, refused, open } = limited(2);
    for (const names of ['ab', 'bc', 'de', 'f', 'gh']) {
      const call = open();
      call.run(() => Array.from(names).forEach((a) => gauge.set({ a }, 1)));
      call.publish();
      expect(text()).toBe(Array.from(names, (a) => `${a}=1`).join(' '));
    }
    expect(refused).not.toHaveBeenCalled();
  });

  test('what others show keeps its room', () => {
    const { gauge, text, refused, open } = limited(2);
    gauge.set({ a: 'outside' }, 1);
    const [first, second] = [open(0), open(1)];
    first.run(() => gauge.set({ a: 'x' }, 1));
    second.run(() => gauge.set({ a: 'y' }, 1));
    second.publish();
    first.publish();
    expect(text()).toBe('outside=1 y=1');
    expect(refused).toHaveBeenCalledTimes(1);
    open(1).publish();
    const again = open(0);
    again.run(() => gauge.set({ a: 'x' }, 1));
    again.publish();
    expect(text()).toBe('outside=1 x=1');
  });

  test('what is about to be set is no more than fits, either', () => {
    const { gauge, text, refused, open } = limited(3);
    const call = open();
    call.run(() => {
      for (let place = 0; place < 1_000; place++) gauge.set({ a: place }, place);
    });
    expect(refused).toHaveBeenCalledTimes(997);
    call.discard();
    expect(text()).toBe('');
    for (const a of ['x', 'y', 'z', 'q']) gauge.set({ a }, 1);
    expect(text()).toBe('x=1 y=1 z=1');
  });

  test('a set from outside of a series that a call is about to set finds room, or none', () => {
    const { gauge, text, open } = limited(1);
    const call = open();
    call.run(() => gauge.set({ a: 'x' }, 1));
    gauge.set({ a: 'y' }, 2);
    gauge.set({ a: 'x' }, 3);
    expect(text()).toBe('y=2');
    call.publish();
    expect(text()).toBe('y=2');
    gauge.remove('y');
    gauge.set({ a: 'x' }, 4);
    expect(text()).toBe('x=4');
  });

  test('totals find room, or none, as numbers do', () => {
    const { store, create } = limitedStore(1);
    const histogram = create({ name: 'h', type: 'histogram', labels: ['a'] });
    const totals = { buckets: {}, sum: 1, count: 1 };
    const call = store.openCall(store.createOwner({ name: 'update', onContest: () => {} }), () => {});
    call.run(() => histogram.setBuckets({ a: 'x' }, totals));
    histogram.setBuckets({ a: 'y' }, totals);
    histogram.setBuckets({ a: 'x' }, totals);
    call.publish();
    return expect(store.takeSnapshot()).resolves.toMatchObject([{ blocks: [{ labels: ['a="y"'] }] }, {}]);
  });
});

describe('the metric that counts', () => {
  test('is not there without a limit', async () => {
    const { create, dropped, store } = limitedStore(0);
    create({ name: 'g', type: 'gauge', labels: ['a'] });
    create({ name: 'free', type: 'gauge', labels: ['a'], maxSeries: 0 });
    expect(await dropped()).toBeUndefined();
    expect(await store.takeSnapshot()).toHaveLength(2);
  });

  test('begins at 0 for each metric that has a limit and labels', async () => {
    const { create, dropped } = limitedStore(5);
    create({ name: 'a', type: 'gauge', labels: ['a'] });
    create({ name: 'b', type: 'gauge' });
    create({ name: 'c', type: 'counter', labels: ['a'] });
    create({ name: 'd', type: 'gauge', labels: ['a'], maxSeries: 0 });
    expect(await dropped()).toEqual({ a: 0, c_total: 0 });
  });

  test("stands behind the exporter's own metrics, and before those of other packages", async () => {
    const { store, create } = limitedStore();
    create({ name: 'a', type: 'gauge', labels: ['a'] });
    store.registry.registerMetric(new Gauge(specOf({ name: 'foreign', type: 'gauge' })));
    create({ name: 'b', type: 'gauge', labels: ['a'] });
    expect((await store.takeSnapshot()).map(({ name }) => name)).toEqual(['a', 'b', 'farm_metric_series_dropped', 'foreign']);
  });

  test('gets the default labels, and leaves a snapshot the same as long as nothing changes', async () => {
    const { store, create } = limitedStore(1);
    const gauge = create({ name: 'a', type: 'gauge', labels: ['a'] });
    store.registry.setDefaultLabels({ farm: 'north' });
    gauge.set({ a: 'x' }, 1);
    const before = await store.takeSnapshot();
    expect(before[1]?.blocks[0]?.labels).toEqual(['metric="a",farm="north"']);
    expect(await store.takeSnapshot()).toBe(before);
    gauge.set({ a: 'y' }, 1);
    expect(await store.takeSnapshot()).not.toBe(before);
  });
});

test("a metric's own limit goes before the other one, upwards and downwards", async () => {
  const { store, create, told } = limitedStore(2);
  for (const [name, maxSeries] of [['more', 3], ['less', 1], ['any', 0]] as const) {
    const gauge = create({ name, type: 'gauge', labels: ['a'], maxSeries });
    for (const a of ['x', 'y', 'z', 'q']) gauge.set({ a }, 1);
  }
  expect((await store.takeSnapshot()).map((family) => seriesOf(family).length)).toEqual([3, 1, 4, 2]);
  expect(told).toEqual([['more', 3], ['less', 1]]);
}); // prettier-ignore

test('each metric is told of at most once a minute', () => {
  jest.useFakeTimers();
  const { create, told } = limitedStore(1);
  const [one, other] = ['one', 'other'].map((name) => create({ name, type: 'gauge', labels: ['a'] }));
  const overflow = (): void => {
    for (let place = 0; place < 100; place++) one?.set({ a: place }, 1);
  };
  overflow();
  jest.advanceTimersByTime(59_999);
  overflow();
  expect(told).toEqual([['one', 1]]);
  other?.set({ a: 'x' }, 1);
  other?.set({ a: 'y' }, 1);
  expect(told).toEqual([['one', 1], ['other', 1]]);
  jest.advanceTimersByTime(1);
  overflow();
  expect(told).toEqual([['one', 1], ['other', 1], ['one', 1]]);
  jest.useRealTimers();
}); // prettier-ignore

test('a table keeps nothing of what it refused', () => {
  const onRefused = jest.fn();
  const table = new SeriesTable({ labelNames: ['a', 'b'], width: 1, hasCreated: false, name: 'm', keepsStale: false, limit: { most: 100, onRefused } });
  const scope = new CallScope();
  const owner = ownerOf();
  for (let round = 0; round < 20; round++) {
    const call = scope.open(owner, () => {});
    for (let place = 0; place < 500; place++) table.obtain([`in ${round}`, String(place)], call)?.set(1, call);
    for (let place = 0; place < 500; place++) table.obtain([`out ${round}`, String(place)], undefined)?.set(1, undefined);
    expect(table.rows().length).toBeLessThanOrEqual(200);
    if (round % 2 === 0) call.publish();
    else call.discard();
    expect(table.rows()).toHaveLength(100);
    expect(table.find({ a: `in ${round}`, b: '400' })).toBeUndefined();
    if (round % 4 === 3) for (const row of table.rows()) row.remove();
  }
  expect(new Set(table.rows().map(({ block }) => block)).size).toBeLessThanOrEqual(1);
}); // prettier-ignore

const name = fc.nat(12).map(String);

test('outside of calls there are the series of a map with so many places', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('set', 'child', 'remove'), a: name }),
    fc.record({ kind: fc.constant('reset'), a: fc.constant('') }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 80 }), (most, steps) => {
      const { gauge, text, refused } = limitedGauge(most);
      const children = new Map<string, ReturnType<Gauge['labels']>>();
      const model = new Map<string, number>();
      let refusals = 0;
      steps.forEach(({ kind, a }, place) => {
        if (kind === 'reset') {
          gauge.reset();
          model.clear();
        } else if (kind === 'remove') {
          gauge.remove(a);
          model.delete(a);
        } else {
          const child = children.get(a) ?? gauge.labels(a);
          children.set(a, child);
          if (kind === 'child') child.set(place);
          else gauge.set({ a }, place);
          if (model.has(a) || model.size < most) model.set(a, place);
          else refusals += 1;
        }
        expect(text()).toBe([...model].map(([key, value]) => `${key}=${value}`).join(' '));
      });
      expect(refused).toHaveBeenCalledTimes(refusals);
    }),
  );
});

test('whatever two collectors and others set, the limit is kept, and nothing differs before it is reached', () => {
  const step = fc.record({ kind: fc.constantFrom('open', 'set', 'set', 'set', 'publish', 'discard', 'outside', 'remove'), who: fc.constantFrom(0, 1), a: name });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(step, { maxLength: 120 }), (most, steps) => {
      const scope = new CallScope();
      const [limited, free] = [limitedGauge(most, scope), limitedGauge(Infinity, scope)];
      const owners = [ownerOf('first', 0), ownerOf('second', 1)];
      const calls = owners.map((owner) => scope.open(owner, () => {}));
      /** So that from here on the two may differ. */
      let hasOverflown = false;
      steps.forEach(({ kind, who, a }, place) => {
        const call = calls[who]!;
        for (const { gauge } of [limited, free]) {
          if (kind === 'set') call.run(() => gauge.set({ a }, place));
          else if (kind === 'outside') gauge.set({ a }, place);
          else if (kind === 'remove') gauge.remove(a);
        }
        if (kind === 'publish') call.publish();
        if (kind === 'discard') call.discard();
        if (kind === 'publish' || kind === 'discard') calls[who] = scope.open(owners[who]!, () => {});
        const shown = limited.text() === '' ? 0 : limited.text().split(' ').length;
        expect(shown).toBeLessThanOrEqual(most);
        hasOverflown ||= limited.refused.mock.calls.length > 0;
        if (!hasOverflown) expect(limited.text()).toBe(free.text());
      });
    }),
    { numRuns: 300 },
  );
}); // prettier-ignore

test('one collector whose series fit shows them after each call, whatever it showed before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.uniqueArray(name, { maxLength: 9 }), { maxLength: 20 }), (most, rounds) => {
      const scope = new CallScope();
      const { gauge, text, refused } = limitedGauge(most, scope);
      const owner = ownerOf();
      for (const names of rounds) {
        const before = refused.mock.calls.length;
        const call = scope.open(owner, () => {});
        call.run(() => {
          for (const a of names) gauge.set({ a }, 1);
        });
        call.publish();
        const shown = text().split(' ').filter((one) => one !== '');
        expect(shown).toHaveLength(Math.min(names.length, most));
        if (names.length <= most) {
          expect(shown.toSorted()).toEqual(names.map((a) => `${a}=1`).toSorted());
          expect(refused).toHaveBeenCalledTimes(before);
        }
      }
    }),
  );
}); // prettier-ignore
