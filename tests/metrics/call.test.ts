import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { CallScope } from '../../src/metrics/call.js';
import { createMetricStore } from '../../src/metrics/metric-store.js';
import type { Owner } from '../../src/metrics/owner.js';
import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import type { Counter, Enum, Gauge, Histogram, Info, Summary } from '../../src/model/metric.js';
import { ownerOf } from './owner-of.js';
import { type OneSeries, seriesOf } from './series-of.js';
import { specOf } from './spec-of.js';

function setUp() {
  const store = createMetricStore();
  const dropped: string[] = [];
  return {
    dropped,
    create: <M>(declaration: Omit<NamedMetricDeclaration, 'help'>) => store.create(specOf(declaration)) as unknown as M,
    /** Each call is another owner's; the first one goes before the others. */
    open: (name = 'call', owner = store.createOwner({ name, onContest: () => {} })) => store.openCall(owner, () => dropped.push(name)),
    take: () => store.takeSnapshot(),
    /** Of the first metric. */
    told: async () => seriesOf((await store.takeSnapshot())[0]).map(lineOf),
  };
}

/** `a/b=5` */
function lineOf({ labels, value, state, buckets, sum, count }: OneSeries): string {
  const points = buckets && `${buckets.map((bucket) => bucket.join(':')).join(' ')} sum ${sum} count ${count}`;
  return `${labels.map(([, text]) => text).join('/')}=${value ?? state ?? points}`;
}

type Any = Omit<Gauge<'a'> & Counter<'a'> & Histogram<'a'> & Info<'a'> & Enum<string, 'a'>, 'labels'> & {
  labels(a: string): ReturnType<Gauge<'a'>['labels']> & ReturnType<Counter<'a'>['labels']> & ReturnType<Histogram<'a'>['labels']>;
};
type AnyPlain = Gauge & Counter & Histogram & Enum<string>;

const labelled = { name: 'm', labels: ['a'] } as const;
const gauge = { ...labelled, type: 'gauge' } as const;
const counter = { ...labelled, type: 'counter' } as const;
const histogram = { ...labelled, type: 'histogram', buckets: [1, 2] } as const;
const totals = (count: number) => ({ buckets: { 1: count }, sum: count, count });

/** What is set before a call and in it, and what is told before and after it is published. */
const updates: readonly (readonly [
  rule: string,
  declaration: Omit<NamedMetricDeclaration, 'help'>,
  before: (metric: Any) => void,
  update: (metric: Any) => void,
  told: readonly string[],
  published: readonly string[],
])[] = [
  ['set', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.set({ a: 'x' }, 2), ['x=1'], ['x=2']],
  ['set of a new series', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.set({ a: 'y' }, 2), ['x=1'], ['x=1', 'y=2']],
  ['set through a child', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.labels('x').set(2), ['x=1'], ['x=2']],
  ['set to the same', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.set({ a: 'x' }, 1), ['x=1'], ['x=1']],
  ['set twice', gauge, () => {}, (m) => [1, 2].forEach((value) => m.set({ a: 'x' }, value)), [], ['x=2']],
  ['inc', gauge, (m) => m.set({ a: 'x' }, 1), (m) => [1, 5].forEach((by) => m.inc({ a: 'x' }, by)), ['x=1'], ['x=7']],
  ['inc of a new series', gauge, () => {}, (m) => m.labels('x').inc(), [], ['x=1']],
  ['dec', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.dec({ a: 'x' }, 3), ['x=1'], ['x=-2']],
  ['set, then dec', gauge, (m) => m.set({ a: 'x' }, 1), (m) => { m.set({ a: 'x' }, 9); m.labels('x').dec(); }, ['x=1'], ['x=8']],
  ['info', { ...labelled, type: 'info' }, (m) => m.info({ a: 'x' }), (m) => m.info({ a: 'y' }), ['x=1'], ['x=1', 'y=1']],
  ['state', { ...labelled, type: 'enum', states: ['on', 'off'] }, (m) => m.state({ a: 'x' }, 'on'), (m) => m.state({ a: 'x' }, 'off'), ['x=on'], ['x=off']],
  ['setTotal', counter, (m) => m.setTotal({ a: 'x' }, 1), (m) => { m.setTotal({ a: 'x' }, 2); m.labels('y').setTotal(3); }, ['x=1'], ['x=2', 'y=3']],
  ['setBuckets', histogram, (m) => m.setBuckets({ a: 'x' }, totals(1)), (m) => { m.setBuckets({ a: 'x' }, totals(2)); m.labels('y').setBuckets(totals(3)); },
    ['x=1:1 Infinity:1 sum 1 count 1'], ['x=1:2 Infinity:2 sum 2 count 2', 'y=1:3 Infinity:3 sum 3 count 3']],
  ['remove', gauge, (m) => ['x', 'y'].forEach((a, value) => m.set({ a }, value)), (m) => m.remove('x'), ['x=0', 'y=1'], ['y=1']],
  ['remove of none', gauge, (m) => m.set({ a: 'x' }, 1), (m) => m.remove('z'), ['x=1'], ['x=1']],
  ['reset', gauge, (m) => ['x', 'y'].forEach((a, value) => m.set({ a }, value)), (m) => m.reset(), ['x=0', 'y=1'], []],
  ['reset, then set', gauge, (m) => ['x', 'y', 'z'].forEach((a, value) => m.set({ a }, value)), (m) => { m.reset(); m.set({ a: 'n' }, 7); m.set({ a: 'y' }, 8); },
    ['x=0', 'y=1', 'z=2'], ['y=8', 'n=7']],
  ['remove, then inc', gauge, (m) => m.set({ a: 'x' }, 5), (m) => { m.remove('x'); m.inc({ a: 'x' }); }, ['x=5'], ['x=1']],
  ['set, then remove', gauge, (m) => m.set({ a: 'x' }, 5), (m) => { m.set({ a: 'x' }, 6); m.set({ a: 'y' }, 6); m.reset(); }, ['x=5'], []],
  ['reset of totals', counter, (m) => m.setTotal({ a: 'x' }, 5), (m) => { m.reset(); m.setTotal({ a: 'y' }, 6); }, ['x=5'], ['y=6']],
  ['reset of mirrored buckets', histogram, (m) => m.setBuckets({ a: 'x' }, totals(1)), (m) => m.reset(), ['x=1:1 Infinity:1 sum 1 count 1'], []],
  ['zero of mirrored buckets', histogram, (m) => m.setBuckets({ a: 'x' }, totals(1)), (m) => m.zero({ a: 'x' }), ['x=1:1 Infinity:1 sum 1 count 1'], ['x=1:0 2:0 Infinity:0 sum 0 count 0']],
]; // prettier-ignore

describe.each(updates)('%s in a call', (_rule, declaration, before, update, told, published) => {
  const begin = () => {
    const parts = setUp();
    const metric = parts.create<Any>(declaration);
    before(metric);
    return { ...parts, metric, call: parts.open() };
  };

  test('is not told before it is published, and then all at once', async () => {
    const { metric, call, told: tell, dropped } = begin();
    const earlier = await tell();
    call.run(() => update(metric));
    expect([earlier, await tell()]).toEqual([told, told]);
    expect(await call.run(tell)).toEqual(told);
    call.publish();
    expect(await tell()).toEqual(published);
    call.publish();
    call.discard();
    expect([await tell(), dropped]).toEqual([published, []]);
  });

  test('is told never when it is discarded, and can then be done again', async () => {
    const { metric, call, told: tell, take, open } = begin();
    const snapshot = await take();
    call.run(() => update(metric));
    call.discard();
    call.publish();
    expect(await take()).toBe(snapshot);
    const next = open();
    next.run(() => update(metric));
    next.publish();
    expect(await tell()).toEqual(published);
  });

  test('is dropped after the end, and that is told once', async () => {
    const { metric, call, take, dropped } = begin();
    const snapshot = await take();
    call.publish();
    for (const _ of [1, 2]) call.run(() => update(metric));
    expect(await take()).toBe(snapshot);
    // What removes nothing sets nothing.
    expect(dropped).toEqual(_rule === 'remove of none' ? [] : ['call']);
  });
});

test.each<[string, Omit<NamedMetricDeclaration, 'help'>, (metric: AnyPlain) => void, readonly string[], readonly string[]]>([
  ['a gauge', { name: 'm', type: 'gauge' }, (m) => m.set(5), [], ['=5']],
  ['a gauge that is raised', { name: 'm', type: 'gauge' }, (m) => m.inc(), [], ['=1']],
  ['an enum', { name: 'm', type: 'enum', states: ['on'] }, (m) => m.state('on'), [], ['=on']],
  ['a total', { name: 'm', type: 'counter' }, (m) => m.setTotal(5), ['=0'], ['=5']],
  ['a total that starts again', { name: 'm', type: 'counter' }, (m) => { m.setTotal(5); m.reset(); }, ['=0'], ['=0']],
  ['mirrored buckets', { name: 'm', type: 'histogram', buckets: [1] }, (m) => m.setBuckets(totals(2)), ['=1:0 Infinity:0 sum 0 count 0'], ['=1:2 Infinity:2 sum 2 count 2']],
  ['mirrored buckets that start again', { name: 'm', type: 'histogram', buckets: [1] }, (m) => { m.setBuckets(totals(2)); m.reset(); },
    ['=1:0 Infinity:0 sum 0 count 0'], ['=1:0 Infinity:0 sum 0 count 0']],
])('%s without labels is staged too', async (_, declaration, update, told, published) => {
  const { create, open, told: tell } = setUp();
  const metric = create<AnyPlain>(declaration);
  for (const isPublished of [false, true]) {
    const call = open();
    call.run(() => update(metric));
    expect(await tell()).toEqual(told);
    call[isPublished ? 'publish' : 'discard']();
    expect(await tell()).toEqual(isPublished ? published : told);
  }
}); // prettier-ignore

test('a reset in a call of what was mirrored before makes an unlabelled metric start again', async () => {
  const { create, open, take } = setUp();
  const [count, sizes] = [create<Counter>({ name: 'c', type: 'counter' }), create<Histogram>({ name: 'h', type: 'histogram', buckets: [1] })];
  count.setTotal(5);
  sizes.setBuckets(totals(2));
  const call = open();
  call.run(() => [count, sizes].forEach((metric) => metric.reset()));
  const tell = async () => (await take()).flatMap(seriesOf).map(lineOf);
  expect(await tell()).toEqual(['=5', '=1:2 Infinity:2 sum 2 count 2']);
  call.publish();
  expect(await tell()).toEqual(['=0', '=1:0 Infinity:0 sum 0 count 0']);
}); // prettier-ignore

describe('what belongs to a call', () => {
  const ways: readonly (readonly [string, (set: () => void) => unknown])[] = [
    ['what it does at once', (set) => set()],
    ['what a helper does', (set) => [1].forEach(() => set())],
    ['what it does after an await', async (set) => { await Promise.resolve(); await nextTurn(); set(); }],
    ['what its parts do at the same time', (set) => Promise.all([sleep(2).then(set), nextTurn().then(set), Promise.resolve().then(set)])],
    ['what a timer does', (set) => new Promise<void>((resolve) => setTimeout(() => resolve(set()), 1))],
    ['what an interval does', (set) => new Promise<void>((resolve) => { let turns = 0; const timer = setInterval(() => { set(); if (turns++ > 2) resolve(clearInterval(timer)); }, 1); })],
    ['what the next tick does', (set) => new Promise<void>((resolve) => process.nextTick(() => resolve(set())))],
    ['what a microtask does', (set) => new Promise<void>((resolve) => queueMicrotask(() => resolve(set())))],
    ['what listens to its events', (set) => { const events = new EventEmitter(); events.on('it', set); events.emit('it'); }],
    ['what an async generator does', async (set) => { for await (const _ of (async function* () { await Promise.resolve(); yield set(); })()) await Promise.resolve(); }],
    ['what was bound in it', (set) => { const bound = AsyncResource.bind(set); return sleep(1).then(() => new AsyncLocalStorage().exit(bound)); }],
  ]; // prettier-ignore

  test.each(ways)('%s', async (_, run) => {
    const { create, open, told, dropped } = setUp();
    const [metric, call] = [create<Gauge<'a'>>(gauge), open()];
    const child = metric.labels('y');
    await call.run(() =>
      run(() => {
        metric.set({ a: 'x' }, 1);
        child.set(2);
      }),
    );
    expect(await told()).toEqual([]);
    call.publish();
    expect([await told(), dropped]).toEqual([['x=1', 'y=2'], []]);
  });

  test('what it has started is dropped when it comes too late', async () => {
    const { create, open, told, dropped } = setUp();
    const metric = create<Gauge<'a'>>(gauge);
    const [late, other] = [open('late'), open('other')];
    const started = late.run(() => ({ task: sleep(2).then(() => metric.set({ a: 'x' }, 1)) })).task;
    late.discard();
    other.run(() => metric.set({ a: 'x' }, 2));
    await started;
    expect([await told(), dropped]).toEqual([[], ['late']]);
    other.publish();
    expect(await told()).toEqual(['x=2']);
  });

  test.each<
    [string, typeof labelled & { readonly type: 'gauge' | 'counter' | 'histogram' }, (child: ReturnType<Any['labels']>) => void, string]
  >([
    ['set', gauge, (child) => child.set(1), 'x=1'],
    ['raised', gauge, (child) => child.inc(), 'x=1'],
    ['mirrored', counter, (child) => child.setTotal(1), 'x=1'],
    ['mirrored', histogram, (child) => child.setBuckets(totals(1)), 'x=1:1 Infinity:1 sum 1 count 1'],
  ])('a kept child that is first %s too late is dropped, and finds its series from then on (%#)', async (_, declaration, update, line) => {
    const { create, open, told, dropped } = setUp();
    const metric = create<Any>(declaration);
    const [child, other] = [metric.labels('x'), metric.labels('y')];
    const late = open('late');
    late.discard();
    update(other);
    const [before = ''] = await told();
    late.run(() => update(child));
    expect([await told(), dropped]).toEqual([[before], ['late']]);
    update(child);
    expect(await told()).toEqual([before, line]);
    update(metric.labels('x'));
    expect((await told()).length).toBe(2);
  });

  test('what runs outside at the same time is visible at once', async () => {
    const { create, open, told } = setUp();
    const [metric, call] = [create<Gauge<'a'>>(gauge), open()];
    const outside = new AsyncResource('OUTSIDE');
    await call.run(async () => {
      metric.set({ a: 'x' }, 1);
      outside.runInAsyncScope(() => metric.set({ a: 'y' }, 2));
      await Promise.resolve();
      outside.runInAsyncScope(() => metric.labels('z').set(3));
      metric.inc({ a: 'x' });
    });
    expect(await told()).toEqual(['y=2', 'z=3']);
    call.publish();
    expect(await told()).toEqual(['x=2', 'y=2', 'z=3']);
  });

  test('is sure, however calls are mixed', async () => {
    const step = fc.constantFrom('at once', 'microtask', 'tick', 'turn', 'timer', 'nested', 'bound');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), async (runs) => {
        const scope = new CallScope();
        const wrong: unknown[] = [];
        const outside = new AsyncResource('OUTSIDE');
        await Promise.all(
          runs.map(async (steps, place) => {
            // The last one is none.
            const call = place === runs.length - 1 && place > 0 ? undefined : scope.open(ownerOf(), () => {});
            const check = (): void => void (scope.current() === call || wrong.push([steps, scope.current()]));
            const run = async (): Promise<void> => {
              for (const one of steps) {
                check();
                if (one === 'microtask') await Promise.resolve();
                else if (one === 'tick') await new Promise<void>((resolve) => process.nextTick(() => resolve(check())));
                else if (one === 'turn') await nextTurn();
                else if (one === 'timer') await new Promise<void>((resolve) => setTimeout(() => resolve(check()), 1));
                else if (one === 'bound') outside.runInAsyncScope(() => scope.current() === undefined || wrong.push('bound'));
                else if (one === 'nested') {
                  const inner = scope.open(ownerOf(), () => {});
                  const late = inner.run(async () => {
                    if (scope.current() !== inner) wrong.push('nested');
                    await Promise.resolve();
                    if (scope.current() !== inner) wrong.push('nested later');
                  });
                  check();
                  await late;
                }
                check();
              }
            };
            await (call === undefined ? run() : call.run(run));
          }),
        );
        expect([wrong, scope.current()]).toEqual([[], undefined]);
      }),
      { numRuns: 60 },
    );
  });

  test('a handler that throws leaves its call, and nothing else', () => {
    const scope = new CallScope();
    const [outer, inner] = [scope.open(ownerOf(), () => {}), scope.open(ownerOf(), () => {})];
    outer.run(() => {
      expect(() => inner.run(() => { throw new Error('boom'); })).toThrow('boom');
      expect([scope.current() === outer, outer.isOpen]).toEqual([true, true]);
    }); // prettier-ignore
    outer.publish();
    expect([scope.current(), outer.isOpen, inner.isOpen]).toEqual([undefined, false, true]);
  });
});

test('what is counted in a call is told at once, and stays when the call is discarded or over', async () => {
  const { create, open, take, dropped } = setUp();
  const requests = create<Counter<'a'>>(counter);
  const sizes = create<Histogram>({ name: 'h', type: 'histogram', buckets: [1] });
  const waits = create<Summary>({ name: 's', type: 'summary', percentiles: [0.5] });
  const count = (): void => {
    requests.inc({ a: 'x' });
    requests.labels('y').inc(2);
    sizes.observe(1);
    waits.observe(3);
  };
  const tell = async () => (await take()).flatMap(seriesOf).map(({ value, count: observed }) => value ?? observed);
  const call = open();
  call.run(count);
  expect(await tell()).toEqual([1, 2, 1, 1]);
  call.discard();
  expect(await tell()).toEqual([1, 2, 1, 1]);
  call.run(count);
  expect([await tell(), dropped]).toEqual([[2, 4, 2, 2], []]);
  call.run(() => {
    requests.remove('x');
    sizes.reset();
  });
  expect([await tell(), dropped]).toEqual([[4, 0, 2], []]);
});

describe('between a set outside and a publication', () => {
  test('the later wins', async () => {
    const { create, open, told } = setUp();
    const [metric, call] = [create<Gauge<'a'>>(gauge), open()];
    call.run(() => metric.set({ a: 'x' }, 1));
    metric.set({ a: 'x' }, 2);
    metric.set({ a: 'y' }, 3);
    expect(await told()).toEqual(['x=2', 'y=3']);
    call.publish();
    expect(await told()).toEqual(['x=1', 'y=3']);
    metric.labels('x').set(4);
    expect(await told()).toEqual(['x=4', 'y=3']);
  });

  test('a discarded call takes nothing of it away', async () => {
    const { create, open, told } = setUp();
    const [metric, call] = [create<Gauge<'a'>>(gauge), open()];
    call.run(() => metric.set({ a: 'x' }, 1));
    metric.set({ a: 'x' }, 2);
    call.discard();
    expect(await told()).toEqual(['x=2']);
  });

  test.each<[string, (metric: Gauge<'a'>) => void]>([
    ['removed', (metric) => metric.remove('x')],
    ['reset', (metric) => metric.reset()],
  ])('a series that is %s outside comes back where a call has set it', async (_, takeAway) => {
    const { create, open, told } = setUp();
    const metric = create<Gauge<'a'>>(gauge);
    const child = metric.labels('x');
    child.set(1);
    const [call, other] = [open(), open()];
    call.run(() => child.set(2));
    other.run(() => metric.set({ a: 'x' }, 3));
    takeAway(metric);
    expect(await told()).toEqual([]);
    other.discard();
    expect(await told()).toEqual([]);
    call.publish();
    expect(await told()).toEqual(['x=2']);
    child.inc();
    expect(await told()).toEqual(['x=3']);
  });

  test('an inc in a call adds to what is told at that moment, and is then a set', async () => {
    const { create, open, told } = setUp();
    const [metric, call] = [create<Gauge<'a'>>(gauge), open()];
    metric.set({ a: 'x' }, 10);
    call.run(() => metric.inc({ a: 'x' }));
    metric.set({ a: 'x' }, 20);
    call.publish();
    expect(await told()).toEqual(['x=11']);
  });
});

describe('two calls at the same time', () => {
  const both = () => {
    const parts = setUp();
    const metric = parts.create<Gauge<'a'>>(gauge);
    return { ...parts, metric, child: metric.labels('x'), one: parts.open('one'), other: parts.open('other') };
  };

  test('each have their own values', async () => {
    const { metric, child, one, other, told } = both();
    metric.set({ a: 'x' }, 100);
    one.run(() => child.set(1));
    other.run(() => metric.set({ a: 'x' }, 2));
    one.run(() => metric.inc({ a: 'x' }));
    other.run(() => child.inc(5));
    expect(await told()).toEqual(['x=100']);
    other.publish();
    expect(await told()).toEqual(['x=7']);
    one.publish();
    expect(await told()).toEqual(['x=2']);
  });

  test.each([
    ['the first is discarded before', 'one', 'other', false],
    ['the first is discarded after', 'one', 'other', true],
    ['the second is discarded before', 'other', 'one', false],
    ['the second is discarded after', 'other', 'one', true],
  ] as const)('make the same new series: %s', async (_, discarded, published, isAfter) => {
    const { metric, child, told, dropped, ...calls } = both();
    calls.one.run(() => child.set(1));
    calls.other.run(() => metric.set({ a: 'x' }, 2));
    if (isAfter) calls[published].publish();
    calls[discarded].discard();
    if (!isAfter) {
      expect(await told()).toEqual([]);
      calls[published].publish();
    }
    expect(await told()).toEqual([published === 'one' ? 'x=1' : 'x=2']);
    child.set(3);
    expect([await told(), dropped]).toEqual([['x=3'], []]);
  });

  test('make and remove the same new series', async () => {
    const { metric, child, one, other, told } = both();
    one.run(() => child.set(1));
    other.run(() => metric.reset());
    other.publish();
    expect(await told()).toEqual([]);
    one.publish();
    expect(await told()).toEqual(['x=1']);
  });

  test('of which one removes what the other has published, which is not its own', async () => {
    const { metric, child, one, other, told } = both();
    child.set(0);
    one.run(() => metric.remove('x'));
    other.run(() => child.set(1));
    other.publish();
    expect(await told()).toEqual(['x=1']);
    one.publish();
    expect(await told()).toEqual(['x=1']);
  });

  test('both discarded leave nothing', async () => {
    const { metric, child, one, other, take, told } = both();
    const before = await take();
    one.run(() => child.set(1));
    other.run(() => child.set(2));
    one.run(() => metric.remove('x'));
    one.discard();
    other.discard();
    expect(await take()).toBe(before);
    child.set(3);
    expect(await told()).toEqual(['x=3']);
  });
});

test('the habit of prom-client, to reset and set anew, shows no reader a gap', async () => {
  const { create, open, told } = setUp();
  const metric = create<Gauge<'a'>>(gauge);
  const owner = ownerOf();
  const update = (round: number) => async (): Promise<void> => {
    metric.reset();
    for (let place = round; place < round + 3; place++) {
      metric.set({ a: String(place) }, round);
      await Promise.resolve();
    }
  };
  const read = new AsyncResource('READER');
  const seen: string[] = [];
  for (let round = 0; round < 5; round++) {
    const call = open('call', owner);
    const running = call.run(update(round));
    seen.push((await read.runInAsyncScope(told)).join(' '));
    await running;
    seen.push((await told()).join(' '));
    call.publish();
  }
  const page = (round: number): string => (round < 0 ? '' : [0, 1, 2].map((place) => `${round + place}=${round}`).join(' '));
  expect(seen).toEqual([-1, 0, 1, 2, 3].flatMap((round) => [page(round), page(round)]));
  expect((await told()).join(' ')).toBe(page(4));
});

test('discarded calls leave nothing behind, however many series they made', async () => {
  const { create, open, take, dropped } = setUp();
  const metric = create<Gauge<'a'>>(gauge);
  metric.set({ a: 'x' }, 1);
  const before = await take();
  const child = metric.labels('kept');
  for (let round = 0; round < 200; round++) {
    const call = open();
    call.run(() => {
      for (let place = 0; place < 50; place++) metric.set({ a: `${round}/${place}` }, place);
      child.set(round);
    });
    call.discard();
  }
  expect([await take() === before, dropped]).toEqual([true, []]);
  child.set(5);
  metric.set({ a: '0/0' }, 6);
  expect(seriesOf((await take())[0]).map(lineOf)).toEqual(['x=1', 'kept=5', '0/0=6']);
}); // prettier-ignore

test('whatever calls do, what is told is what a plain model tells', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const name = fc.constantFrom(...names);
  const where = fc.constantFrom(0, 1, 2);
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant('set' as const), where, name, fc.nat(9)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('inc' as const), where, name, fc.nat(9)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('remove' as const), where, name, fc.constant(0)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('reset' as const), where, name, fc.constant(0)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('publish' as const, 'discard' as const), where, name, fc.constant(0)) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      const { create, open, take } = setUp();
      const metric = create<Gauge<'a'>>(gauge);
      const children = new Map(names.map((a) => [a, metric.labels(a)]));
      /** By series: what each owner's last publication says of it, or what was said outside of calls. */
      const told = new Map<string, Map<Owner | undefined, number>>();
      /** Those declared first go before the others. */
      const owners = [ownerOf('first', 1), ownerOf('second', 2)];
      const valueOf = (key: string): number | undefined => {
        const values = told.get(key);
        return [undefined, ...owners].map((owner) => values?.get(owner)).find((one) => one !== undefined);
      };
      const forget = (key: string, owner: Owner | undefined): void => {
        told.get(key)?.delete(owner);
        if (told.get(key)?.size === 0) told.delete(key);
      };
      const tell = (key: string, owner: Owner, one: number): void => {
        const others = [...(told.get(key) ?? [])].filter(([other]) => other !== undefined);
        told.set(key, new Map([...others, [owner, one]]));
      };
      const begin = (owner: Owner) => ({ owner, call: open('call', owner), staged: new Map<string, number | undefined>() });
      let calls = owners.map(begin);
      for (const [kind, place, a, value] of steps) {
        const current = calls[place - 1];
        if (kind === 'publish' || kind === 'discard') {
          if (current === undefined) continue;
          const { call, owner, staged } = current;
          call[kind]();
          // What the owner's last call has set and this one has not is gone.
          for (const key of kind === 'publish' ? told.keys() : []) forget(key, owner);
          for (const [key, one] of kind === 'publish' ? staged : []) {
            if (one === undefined) forget(key, undefined);
            else tell(key, owner, one);
          }
          calls = calls.map((one) => (one === current ? begin(owner) : one));
          continue;
        }
        const run = (): void => {
          if (kind === 'reset') metric.reset();
          else if (kind === 'remove') metric.remove(a);
          else if (value > 4) children.get(a)?.[kind](value);
          else metric[kind]({ a }, value);
        };
        if (current) current.call.run(run);
        else run();
        for (const key of kind === 'reset' ? names : [a]) {
          const staged = current?.staged;
          const before = (staged?.has(key) ? staged.get(key) : valueOf(key)) ?? 0;
          const after = kind === 'set' ? value : kind === 'inc' ? before + value : undefined;
          if (staged === undefined && after === undefined) told.delete(key);
          else if (staged === undefined) told.set(key, new Map([[undefined, after ?? 0]]));
          else if (after !== undefined || told.has(key) || staged.get(key) !== undefined) staged.set(key, after);
        }
      }
      const series = seriesOf((await take())[0]).map(({ labels: [[, a] = ['', '']], value }) => [a, value] as const);
      const expected = [...told.keys()].map((key) => [key, valueOf(key)] as const);
      expect(new Map(series)).toEqual(new Map(expected));
    }),
    { numRuns: 2_000 },
  );
});
