import { createMetricStore } from '../../src/metrics/metric-store.js';
import type { Owner } from '../../src/metrics/owner.js';
import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import type { Counter, Enum, Gauge, Histogram, Info } from '../../src/model/metric.js';
import { type OneSeries, seriesOf } from './series-of.js';
import { specOf } from './spec-of.js';

function setUp(declaration: Omit<NamedMetricDeclaration, 'help' | 'name'> = { type: 'gauge', labels: ['a'] }) {
  const store = createMetricStore();
  const metric = store.create(specOf({ name: 'm', ...declaration })) as unknown;
  const contests: object[] = [];
  const lineOf = ({ labels, value, state, count }: OneSeries): string =>
    `${labels.map(([, text]) => text).join('/')}=${value ?? state ?? count}`;
  return {
    store,
    contests,
    gauge: metric as Gauge<'a'>,
    metric,
    owner: (name: string): Owner => store.createOwner({ name, onContest: (contest) => contests.push({ name, ...contest }) }),
    /** One call from its beginning to its publication. */
    call: (owner: Owner, update: () => void): void => {
      const call = store.openCall(owner, () => {});
      call.run(update);
      call.publish();
    },
    told: async (hidden?: { failed?: readonly Owner[]; others?: readonly Owner[] }) => {
      const sets = hidden && { failed: new Set(hidden.failed), others: new Set(hidden.others) };
      return seriesOf((await store.takeSnapshot({ hidden: sets }))[0]).map(lineOf);
    },
  };
}

test('a series that the next call does not set again is gone', async () => {
  const { gauge, owner, call, told } = setUp();
  const one = owner('one');
  call(one, () => ['x', 'y', 'z'].forEach((a, value) => gauge.set({ a }, value)));
  call(one, () => gauge.set({ a: 'y' }, 5));
  expect(await told()).toEqual(['y=5']);
  call(one, () => {});
  expect(await told()).toEqual([]);
  call(one, () => gauge.set({ a: 'x' }, 7));
  expect(await told()).toEqual(['x=7']);
});

test.each<[string, Omit<NamedMetricDeclaration, 'help' | 'name'>, (metric: never, a: string) => void]>([
  ['a gauge set through a child', { type: 'gauge', labels: ['a'] }, (m: Gauge<'a'>, a) => m.labels(a).set(1)],
  ['a gauge that is incremented', { type: 'gauge', labels: ['a'] }, (m: Gauge<'a'>, a) => m.inc({ a })],
  ['an info', { type: 'info', labels: ['a'] }, (m: Info<'a'>, a) => m.info({ a })],
  ['an enum', { type: 'enum', labels: ['a'], states: ['on'] }, (m: Enum<'on', 'a'>, a) => m.state({ a }, 'on')],
  ['a mirrored counter', { type: 'counter', labels: ['a'] }, (m: Counter<'a'>, a) => m.setTotal({ a }, 1)],
  [
    'a mirrored histogram',
    { type: 'histogram', labels: ['a'], buckets: [1] },
    (m: Histogram<'a'>, a) => m.setBuckets({ a }, { buckets: { 1: 1 }, sum: 1, count: 1 }),
  ],
])('what was not set again is gone: %s', async (_what, declaration, set) => {
  const { metric, owner, call, told } = setUp(declaration);
  const one = owner('one');
  call(one, () => ['x', 'y'].forEach((a) => set(metric as never, a)));
  expect(await told()).toHaveLength(2);
  call(one, () => set(metric as never, 'y'));
  expect((await told()).map((line) => line.slice(0, 2))).toEqual(['y=']);
});

test('what is counted stays, in a call or outside', async () => {
  const { metric, owner, call, told } = setUp({ type: 'counter', labels: ['a'] });
  const one = owner('one');
  call(one, () => (metric as Counter<'a'>).inc({ a: 'x' }));
  call(one, () => {});
  one.removeAll();
  expect(await told()).toEqual(['x=1']);
});

test('a metric that keeps stale series has them until they are removed', async () => {
  const { gauge, owner, call, told } = setUp({ type: 'gauge', labels: ['a'], stale: 'keep' });
  const one = owner('one');
  call(one, () => ['x', 'y'].forEach((a, value) => gauge.set({ a }, value)));
  call(one, () => gauge.set({ a: 'y' }, 5));
  one.removeAll();
  expect(await told({ failed: [one] })).toEqual(['x=0', 'y=5']);
  expect(await told({ others: [one] })).toEqual([]);
  call(one, () => gauge.remove('x'));
  expect(await told()).toEqual(['y=5']);
});

test('what was set outside of calls stays until it is changed or removed', async () => {
  const { gauge, owner, call, told } = setUp();
  const one = owner('one');
  gauge.set({ a: 'outside' }, 1);
  call(one, () => gauge.set({ a: 'x' }, 2));
  call(one, () => {});
  expect(await told()).toEqual(['outside=1']);
  gauge.remove('outside');
  expect(await told()).toEqual([]);
});

test('between a set outside and a publication the later one owns the series', async () => {
  const { gauge, owner, call, told } = setUp();
  const one = owner('one');
  gauge.set({ a: 'x' }, 1);
  call(one, () => gauge.set({ a: 'x' }, 2));
  call(one, () => {});
  expect(await told()).toEqual([]);
  call(one, () => gauge.set({ a: 'y' }, 3));
  gauge.set({ a: 'y' }, 3);
  call(one, () => {});
  expect(await told()).toEqual(['y=3']);
});

test('of two who set one series the one created first shows it, with one warning', async () => {
  const { gauge, owner, call, told, contests } = setUp();
  const [first, second] = [owner('first'), owner('second')];
  call(second, () => gauge.set({ a: 'x' }, 2));
  expect(await told()).toEqual(['x=2']);
  for (let round = 0; round < 3; round++) {
    call(first, () => gauge.set({ a: 'x' }, 1));
    call(second, () => ['x', 'y'].forEach((a) => gauge.set({ a }, 2)));
    expect(await told()).toEqual(['x=1', 'y=2']);
  }
  expect(contests).toEqual([{ name: 'first', other: 'second', series: 'm{a="x"}', isShown: true }]);
  call(first, () => {});
  call(second, () => gauge.set({ a: 'x' }, 2));
  expect(await told()).toEqual(['x=2']);
});

test('all series of one who failed can be removed, and those of others stay', async () => {
  const { gauge, owner, call, told } = setUp();
  const [one, other] = [owner('one'), owner('other')];
  call(one, () => gauge.set({ a: 'x' }, 1));
  call(other, () => gauge.set({ a: 'y' }, 2));
  one.removeAll();
  expect(await told()).toEqual(['y=2']);
});

test('an answer can leave out the series of some, and the store keeps them', async () => {
  const { gauge, owner, call, told } = setUp();
  const [one, other] = [owner('one'), owner('other')];
  call(one, () => gauge.set({ a: 'x' }, 1));
  call(other, () => gauge.set({ a: 'y' }, 2));
  gauge.set({ a: 'outside' }, 3);
  expect(await told({ failed: [one] })).toEqual(['y=2', 'outside=3']);
  expect(await told({ others: [other] })).toEqual(['x=1', 'outside=3']);
  expect(await told({ failed: [one], others: [other] })).toEqual(['outside=3']);
  expect(await told()).toEqual(['x=1', 'y=2', 'outside=3']);
});

test('a snapshot is the same while nothing changes, whatever others have left out', async () => {
  const { store, gauge, owner, call } = setUp();
  const one = owner('one');
  call(one, () => gauge.set({ a: 'x' }, 1));
  const [before] = await store.takeSnapshot();
  await store.takeSnapshot({ hidden: { failed: new Set([one]), others: new Set() } });
  expect((await store.takeSnapshot())[0]?.blocks[0]).toBe(before?.blocks[0]);
});

describe('where two set one series and the first to show it', () => {
  const both = () => {
    const parts = setUp();
    const { gauge, owner, call } = parts;
    const [first, second] = [owner('first'), owner('second')];
    call(first, () => ['x', 'y'].forEach((a) => gauge.set({ a }, 1)));
    call(second, () => ['x', 'z'].forEach((a) => gauge.set({ a }, 2)));
    return { ...parts, first, second };
  };

  test('does not set it again, the other shows it', async () => {
    const { gauge, first, second, call, told } = both();
    call(first, () => gauge.set({ a: 'y' }, 3));
    expect(await told()).toEqual(['x=2', 'y=3', 'z=2']);
    call(second, () => {});
    expect(await told()).toEqual(['y=3']);
  });

  test('fails, the other shows it', async () => {
    const { first, told } = both();
    first.removeAll();
    expect(await told()).toEqual(['x=2', 'z=2']);
  });

  test('is left out of an answer, the other is told there', async () => {
    const { first, second, told } = both();
    expect(await told({ others: [first] })).toEqual(['x=2', 'z=2']);
    expect(await told({ failed: [first] })).toEqual(['x=2', 'z=2']);
    expect(await told({ others: [first, second] })).toEqual([]);
    expect(await told()).toEqual(['x=1', 'y=1', 'z=2']);
  });

  test('goes after the other has not set it again, it is gone', async () => {
    const { gauge, first, second, call, told } = both();
    call(second, () => gauge.set({ a: 'z' }, 4));
    call(first, () => {});
    expect(await told()).toEqual(['z=4']);
  });

  test.each<[string, (gauge: Gauge<'a'>) => void, readonly string[]]>([
    ['set', (gauge) => gauge.set({ a: 'x' }, 5), ['x=5', 'z=2']],
    ['removed', (gauge) => gauge.remove('x'), ['z=2']],
  ])('and it is %s outside, neither has a say until the next publication', async (_how, update, expected) => {
    const { gauge, first, call, told } = both();
    update(gauge);
    call(first, () => {});
    expect(await told()).toEqual(expected);
  });

  test('they may be more than two, and move to another block', async () => {
    const { gauge, owner, first, second, call, told } = both();
    const third = owner('third');
    const names = Array.from({ length: 3_000 }, (_, index) => String(index));
    call(third, () => ['x', ...names].forEach((a) => gauge.set({ a }, 3)));
    call(third, () => gauge.set({ a: 'x' }, 3));
    expect(await told()).toEqual(['x=1', 'y=1', 'z=2']);
    expect(await told({ failed: [first], others: [second] })).toEqual(['x=3']);
    second.removeAll();
    call(first, () => {});
    expect(await told()).toEqual(['x=3']);
    call(third, () => {});
    expect([first, second, third].map(({ estate }) => estate.size)).toEqual([0, 0, 0]);
  });

  test('mirrors histograms, all is as with numbers', async () => {
    const { metric, owner, call, told } = setUp({ type: 'histogram', labels: ['a'], buckets: [1] });
    const totals = (count: number) => ({ buckets: { 1: 1 }, sum: 1, count });
    const [first, second] = [owner('first'), owner('second')];
    for (const [one, count] of [[first, 1], [second, 2]] as const) call(one, () => (metric as Histogram<'a'>).setBuckets({ a: 'x' }, totals(count))); // prettier-ignore
    expect([await told(), await told({ failed: [first] })]).toEqual([['x=1'], ['x=2']]);
    first.removeAll();
    expect(await told()).toEqual(['x=2']);
  });
});

describe('while an answer holds an owner', () => {
  test('what is removed is gone for others only', async () => {
    const { store, gauge, owner, call, told } = setUp();
    const one = owner('one');
    call(one, () => ['x', 'y'].forEach((a) => gauge.set({ a }, 1)));
    one.hold();
    one.hold();
    one.removeAll();
    expect([await told(), await told({ failed: [] })]).toEqual([[], ['x=1', 'y=1']]);
    expect(await store.registry.metrics()).not.toContain('m{');
    one.release();
    expect(await told({ failed: [] })).toEqual(['x=1', 'y=1']);
    one.release();
    expect(await told({ failed: [] })).toEqual([]);
    expect(one.estate.size).toBe(0);
  });

  test('a new publication stays when the hold is over', async () => {
    const { gauge, owner, call, told } = setUp();
    const one = owner('one');
    call(one, () => ['x', 'y'].forEach((a) => gauge.set({ a }, 1)));
    one.hold();
    one.removeAll();
    call(one, () => gauge.inc({ a: 'y' }));
    expect(await told()).toEqual(['y=1']);
    one.release();
    expect(await told()).toEqual(['y=1']);
  });

  test('another one shows what is gone, and what is set outside stays', async () => {
    const { gauge, owner, call, told } = setUp();
    const [one, other] = [owner('one'), owner('other')];
    call(one, () => ['x', 'y', 'z'].forEach((a) => gauge.set({ a }, 1)));
    one.hold();
    one.removeAll();
    call(other, () => gauge.set({ a: 'x' }, 2));
    gauge.inc({ a: 'y' }, 5);
    expect([await told(), await told({ failed: [] })]).toEqual([['x=2', 'y=5'], ['x=1', 'y=5', 'z=1']]); // prettier-ignore
    one.release();
    expect(await told()).toEqual(['x=2', 'y=5']);
  });

  test('a metric that keeps stale series shows them all the same', async () => {
    const { gauge, owner, call, told } = setUp({ type: 'gauge', labels: ['a'], stale: 'keep' });
    const one = owner('one');
    call(one, () => gauge.set({ a: 'x' }, 1));
    one.hold();
    one.removeAll();
    expect(await told()).toEqual(['x=1']);
    gauge.inc({ a: 'x' });
    one.release();
    expect(await told()).toEqual(['x=2']);
  });
});

test.each(['drop', 'keep'] as const)("what a call removes is its own or nobody's, with stale: %s", async (stale) => {
  const { gauge, owner, call, told } = setUp({ type: 'gauge', labels: ['a'], stale });
  const [one, other] = [owner('one'), owner('other')];
  gauge.set({ a: 'outside' }, 3);
  call(one, () => ['x', 'y'].forEach((a) => gauge.set({ a }, 1)));
  call(other, () => ['y', 'z'].forEach((a) => gauge.set({ a }, 2)));
  call(other, () => (gauge.reset(), gauge.set({ a: 'new' }, 2)));
  expect(await told()).toEqual(['x=1', 'y=1', 'new=2']);
  call(one, () => gauge.reset());
  expect(await told()).toEqual(['new=2']);
});

test('series keep their owner when they move to another block', async () => {
  const { gauge, owner, call, told } = setUp();
  const [one, other] = [owner('one'), owner('other')];
  const names = Array.from({ length: 3_000 }, (_, index) => String(index));
  call(one, () => names.forEach((a) => gauge.set({ a }, 1)));
  call(other, () => gauge.set({ a: 'y' }, 2));
  const kept = names.filter((_name, index) => index % 10 === 0);
  call(one, () => kept.forEach((a) => gauge.set({ a }, 1)));
  expect(await told()).toHaveLength(301);
  call(one, () => {});
  expect(await told()).toEqual(['y=2']);
  expect(one.estate.size).toBe(0);
});

test('what owners note stands behind the help of the metrics that they have set', async () => {
  const { store, gauge, owner, call } = setUp();
  const helpOf = async (): Promise<string | undefined> => (await store.takeSnapshot())[0]?.help;
  const [cached, alike] = ['one', 'other'].map((name) => store.createOwner({ name, onContest: () => {}, note: 'Cached for 5m.' }));
  const often = store.createOwner({ name: 'often', onContest: () => {}, note: 'Refreshed every 30s.' });
  const help = await helpOf();
  call(owner('plain'), () => gauge.set({ a: 'w' }, 1));
  expect(await helpOf()).toBe(help);
  call(cached!, () => gauge.set({ a: 'x' }, 1));
  call(alike!, () => gauge.set({ a: 'y' }, 1));
  expect(await helpOf()).toBe(`${help} Cached for 5m.`);
  call(often, () => gauge.set({ a: 'z' }, 1));
  call(cached!, () => {});
  expect(await helpOf()).toBe(`${help} Cached for 5m. Refreshed every 30s.`);
  const [before] = await store.takeSnapshot();
  expect((await store.takeSnapshot())[0]).toBe(before);
});
