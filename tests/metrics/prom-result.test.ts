import fc from 'fast-check';
import * as prom from 'prom-client';
import { Counter } from '../../src/metrics/counter.js';
import { Enum } from '../../src/metrics/enum.js';
import { Gauge } from '../../src/metrics/gauge.js';
import { Histogram } from '../../src/metrics/histogram.js';
import { Info } from '../../src/metrics/info.js';
import { Summary } from '../../src/metrics/summary.js';
import { specOf } from './spec-of.js';

const labels = ['b', 'a'];
const config = { help: 'Help.', labelNames: labels, registers: [] };

interface AnyPromMetric {
  get(): Promise<{ readonly values: readonly object[] }>;
}

type Step = readonly [method: string, labels: object, value: number];

/** prom-client collides on commas, and knows labels that nobody gave: neither is to be had from these. */
const labelRecords = fc.record({ b: fc.constantFrom('', 'x', 'y', '1'), a: fc.constantFrom('p', 'q"\n') });

function stepsOf(methods: readonly string[], values: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> {
  return fc.array(fc.tuple(fc.constantFrom(...methods), labelRecords, values), { maxLength: 40 });
}

function run(metric: object, steps: readonly Step[]): void {
  const methods = metric as Record<string, (...given: readonly unknown[]) => { readonly [method: string]: (value: number) => void }>;
  for (const [method, record, value] of steps) {
    if (method === 'reset') methods['reset']?.();
    else if (method === 'remove' || method === 'zero') methods[method]?.(record);
    else if (value > 50) methods['labels']?.(record)[method]?.(value);
    else methods[method]?.(record, value);
  }
}

/** What `get()` tells, without the exemplars that nobody switched on, and without the sign of zeros. */
async function told(metric: AnyPromMetric): Promise<unknown> {
  const result = await metric.get();
  return { ...result, values: result.values.map((one) => ({ ...one, value: (one as { value: number }).value + 0, exemplar: undefined })) };
}

const numbers = fc.double({ min: -100, max: 100, noNaN: true });
const positive = fc.double({ min: 0, max: 100, noNaN: true });

test.each<[string, fc.Arbitrary<readonly Step[]>, () => AnyPromMetric, () => AnyPromMetric]>([
  [
    'gauge',
    stepsOf(['set', 'inc', 'dec', 'remove', 'reset'], numbers),
    () => new prom.Gauge({ name: 'm', ...config }),
    () => new Gauge(specOf({ name: 'm', type: 'gauge', labels })),
  ],
  [
    'counter',
    stepsOf(['inc', 'inc', 'remove', 'reset'], positive),
    () => new prom.Counter({ name: 'm_total', ...config }),
    () => new Counter(specOf({ name: 'm', type: 'counter', labels })),
  ],
  [
    'histogram',
    stepsOf(['observe', 'observe', 'zero', 'remove', 'reset'], numbers),
    () => new prom.Histogram({ name: 'm', ...config }),
    () => new Histogram(specOf({ name: 'm', type: 'histogram', labels })),
  ],
  [
    'summary',
    stepsOf(['observe', 'observe', 'observe', 'remove'], numbers),
    () => new prom.Summary({ name: 'm', ...config }),
    () => new Summary(specOf({ name: 'm', type: 'summary', labels })),
  ],
])('whatever is done to a %s with labels, get() tells what prom-client tells', async (_, steps, createTheirs, createOurs) => {
  await fc.assert(
    fc.asyncProperty(steps, async (one) => {
      const [theirs, ours] = [createTheirs(), createOurs()];
      run(theirs, one);
      run(ours, one);
      expect(await told(ours)).toEqual(await told(theirs));
    }),
  );
});

test('whatever is done to metrics without labels, get() tells what prom-client tells', async () => {
  const plain = { help: 'Help.', registers: [] };
  const pairs = () =>
    [
      ['inc', new prom.Counter({ name: 'm_total', ...plain }), new Counter(specOf({ name: 'm', type: 'counter' }))],
      ['observe', new prom.Histogram({ name: 'm', ...plain }), new Histogram(specOf({ name: 'm', type: 'histogram' }))],
      ['set', new prom.Gauge({ name: 'm', ...plain }), new Gauge(specOf({ name: 'm', type: 'gauge' }))],
    ] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(positive, { minLength: 1, maxLength: 20 }), async (values) => {
      for (const [method, theirs, ours] of pairs()) {
        for (const metric of [theirs, ours]) {
          for (const value of values) (metric as unknown as Record<string, (value: number) => void>)[method]?.(value);
        }
        expect(await told(ours)).toEqual(await told(theirs));
      }
    }),
  );
});

test('the default buckets and percentiles are those of prom-client', async () => {
  const [theirs, ours] = [
    new prom.Summary({ name: 'm', help: 'Help.', registers: [] }),
    new Summary(specOf({ name: 'm', type: 'summary' })),
  ];
  for (const summary of [theirs, ours]) summary.observe(1);
  expect(await told(ours)).toEqual(await told(theirs));
  const [buckets, ownBuckets] = [
    new prom.Histogram({ name: 'm', help: 'Help.', registers: [] }),
    new Histogram(specOf({ name: 'm', type: 'histogram' })),
  ];
  expect(await told(ownBuckets)).toEqual(await told(buckets));
});

test('an info is a gauge to prom-client, and an enum a gauge with a sample a state', async () => {
  const info = new Info(specOf({ name: 'build', type: 'info', labels: ['version'] }));
  info.info({ version: 1 });
  expect(await info.get()).toEqual({
    name: 'build_info',
    help: 'Help.',
    type: 'gauge',
    values: [{ value: 1, labels: { version: '1' } }],
    aggregator: 'sum',
  });
  const power = new Enum(specOf({ name: 'power', type: 'enum', states: ['on', 'off'], labels: ['device'] }));
  power.state({ device: 'a' }, 'off');
  expect(await power.get()).toMatchObject({
    type: 'gauge',
    values: [
      { value: 0, labels: { device: 'a', power: 'on' } },
      { value: 1, labels: { device: 'a', power: 'off' } },
    ],
  });
});

test('series that collide in prom-client stay two', async () => {
  const [theirs, ours] = [
    new prom.Gauge({ name: 'm', help: 'Help.', labelNames: ['a', 'b'], registers: [] }),
    new Gauge(specOf({ name: 'm', type: 'gauge', labels: ['a', 'b'] })),
  ];
  for (const gauge of [theirs, ours]) {
    gauge.set({ a: 'x,b:y', b: 'z' }, 1);
    gauge.set({ a: 'x', b: 'y,b:z' }, 2);
  }
  expect((await theirs.get()).values).toHaveLength(1);
  expect((await ours.get()).values).toHaveLength(2);
});
