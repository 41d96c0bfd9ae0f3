import fc from 'fast-check';
import * as prom from 'prom-client';
import { bytesOf } from '../../src/exposition/piece.js';
import { text004 } from '../../src/exposition/text.js';
import { createMetricStore, type MetricStore } from '../../src/metrics/metric-store.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { specOf } from '../metrics/spec-of.js';

/*
 * prom-client's own metric and ours take the same operations and must tell the same, in `get()` and as text, but for what is
 * wrong, or only its own, in prom-client. Each such fault is named at the line that allows for it:
 *  1. Two sets of labels whose joined keys are the same are one series to prom-client.
 *  2. A gauge without labels is 0 before it is set, and after a reset.
 *  3. A histogram without labels has no series after a reset, though it starts with one.
 *  4. A reset of a summary leaves its series, and brings none back where there are no labels.
 *  5. Quantiles of no observations are 0 instead of NaN.
 *  6. Labels have the order of the last call instead of that of their declaration, `le` and `quantile` come first.
 *  7. Label values that are numbers stay numbers in `get()`.
 *  8. The text has `Nan` for NaN, and 0 for -0; what was never set is -0 after `dec(0)`.
 *  9. `le` and `quantile` are written in the shortest form, without `.0`.
 * 10. Families have an empty line between them.
 */

type Type = 'gauge' | 'counter' | 'histogram' | 'summary';
type Labels = Readonly<Record<string, string | number>>;
type Updates = Readonly<Record<string, (...update: readonly unknown[]) => unknown>>;

interface AnyMetric extends Updates {
  readonly get: () => Promise<{ readonly values: readonly PromValue[] }>;
}

interface PromValue {
  readonly labels: Labels;
  readonly value: number;
  readonly metricName?: string;
}

const promClasses = { gauge: prom.Gauge, counter: prom.Counter, histogram: prom.Histogram, summary: prom.Summary };
const buckets = [0.5, 1, 10];
const percentiles = [0.5, 0.9];

/** Both metrics, and all children that were ever made of them. */
interface Real {
  readonly type: Type;
  readonly labelNames: readonly string[];
  readonly store: MetricStore;
  readonly theirRegistry: prom.Registry;
  readonly ours: AnyMetric;
  readonly theirs: AnyMetric;
  readonly children: Map<string, readonly [ours: Updates, theirs: Updates]>;
}

/** The labels behind each of prom-client's keys, and whether anything was set since the last reset. */
interface Model {
  keys: Readonly<Record<string, string>>;
  isSet: boolean;
}

function createReal(type: Type, labelNames: readonly string[]): Real {
  const [store, theirRegistry] = [createMetricStore(), new prom.Registry()];
  const name = type === 'counter' ? 'm_total' : 'm';
  const own = { ...(type === 'histogram' && { buckets }), ...(type === 'summary' && { percentiles }) };
  const theirs = new promClasses[type]({ name, help: 'Help \\ with\nlines.', labelNames: [...labelNames], registers: [theirRegistry], ...own });
  const ours = store.create({ ...specOf({ name: 'm', type, labels: labelNames, ...own }), help: 'Help \\ with\nlines.' });
  return {
    type,
    labelNames,
    store,
    theirRegistry,
    ours: ours as unknown as AnyMetric,
    theirs: theirs as unknown as AnyMetric,
    children: new Map(),
  };
} // prettier-ignore

/** As prom-client joins them. */
function keyOf({ labelNames }: Real, labels: Labels): string {
  return labelNames.map((name) => `${name}:${labels[name]},`).join('');
}

function sorted(labels: Labels): readonly (readonly [string, string])[] {
  return Object.entries(labels)
    .map(([name, value]) => [name, String(value)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function textOf(labels: Labels): string {
  return JSON.stringify(sorted(labels));
}

/** One update of both, through their methods or through children that were made once. */
class Update implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly method: string,
    readonly labels: Labels,
    readonly values: readonly number[],
    readonly isChild: boolean,
  ) {}

  /** Fault 1. */
  check({ keys }: Readonly<Model>): boolean {
    const key = sorted(this.labels).map(([name, value]) => `${name}:${value},`).join(''); // prettier-ignore
    return keys[key] === undefined || keys[key] === textOf(this.labels);
  }

  async run(model: Model, real: Real): Promise<void> {
    const { labels, method, values } = this;
    model.keys = { ...model.keys, [keyOf(real, labels)]: textOf(labels) };
    model.isSet = true;
    if (this.isChild) {
      const text = textOf(labels);
      const list = real.labelNames.map((name) => labels[name]);
      const children = real.children.get(text) ?? ([real.ours, real.theirs].map((one) => one['labels']?.(...list)) as unknown as [Updates, Updates]);
      real.children.set(text, children);
      for (const child of children) child[method]?.(...values);
    } else for (const one of [real.ours, real.theirs]) one[method]?.(...(real.labelNames.length === 0 ? values : [labels, ...values]));
  } // prettier-ignore

  toString(): string {
    return `${this.isChild ? 'child.' : ''}${this.method}(${JSON.stringify(this.labels)}, ${this.values.join()})`;
  }
}

class Remove implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly labels: Labels,
    readonly isList: boolean,
  ) {}

  check({ keys }: Readonly<Model>): boolean {
    return new Update('', this.labels, [], false).check({ keys, isSet: false });
  }

  async run(model: Model, { ours, theirs, labelNames }: Real): Promise<void> {
    if (labelNames.length === 0) model.isSet = true;
    const labels = this.isList ? labelNames.map((name) => this.labels[name]) : labelNames.length === 0 ? [] : [this.labels];
    for (const one of [ours, theirs]) one['remove']?.(...labels);
  }

  toString(): string {
    return `remove(${JSON.stringify(this.labels)})`;
  }
}

class Reset implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true;
  }

  async run(model: Model, { type, ours, theirs, labelNames }: Real): Promise<void> {
    model.isSet = false;
    for (const one of [ours, theirs]) one['reset']?.();
    if (type === 'histogram' && labelNames.length === 0) theirs['zero']?.({}); // Fault 3.
    // Fault 4.
    if (type === 'summary' && labelNames.length > 0) for (const { labels } of (await theirs.get()).values) theirs['remove']?.(withoutOwn(labels));
    if (type === 'summary' && labelNames.length === 0 && (await theirs.get()).values.length === 0) ours['remove']?.();
  } // prettier-ignore

  toString(): string {
    return 'reset()';
  }
}

/** Compares what both tell now. */
class Compare implements fc.AsyncCommand<Model, Real> {
  check(): boolean {
    return true;
  }

  async run({ isSet }: Model, { type, labelNames, store, ours, theirs, theirRegistry }: Real): Promise<void> {
    const [their, our] = [await theirs.get(), await ours.get()];
    // Fault 2.
    const isUnset = type === 'gauge' && labelNames.length === 0 && !isSet;
    expect(our.values.map(plain)).toEqual(isUnset ? [] : their.values.map(plain));
    expect({ ...our, values: [] }).toEqual({ ...their, values: [] });

    const [theirLines, ourLines] = [linesOf(await theirRegistry.metrics()), linesOf(render(await store.takeSnapshot()))];
    expect(ourLines).toEqual(isUnset ? theirLines.slice(0, 2) : theirLines);
    expect(linesOf(await store.registry.metrics())).toEqual(ourLines);
  }

  toString(): string {
    return 'compare()';
  }
}

function render(snapshot: readonly MetricFamily[]): string {
  return Buffer.concat(Array.from(text004.createEncoder('underscores').encode(snapshot), bytesOf)).toString();
}

function withoutOwn(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== 'le' && name !== 'quantile'));
}

function plain({ labels, value, metricName }: PromValue): unknown {
  return {
    // Fault 7.
    labels: Object.fromEntries(Object.entries(labels).map(([name, one]) => [name, String(one)])),
    value: plainNumber(value, 'quantile' in labels),
    metricName,
  };
}

/** Faults 5 and 8. */
function plainNumber(value: number, isQuantile: boolean): number {
  return isQuantile && Number.isNaN(value) ? 0 : value + 0;
}

function linesOf(text: string): readonly unknown[] {
  // Fault 10.
  return text.split('\n').filter((line) => line !== '').map((line) => {
    const [, name, labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (line.startsWith('#') || name === undefined) return line;
    const pairs = Array.from(labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g), ([, label = '', one = '']) => [label, one] as const);
    expect(pairs.map(([label, one]) => `${label}="${one}"`).join(',')).toBe(labels);
    const isOwn = (label: string, one: string): boolean => label === 'quantile' || (label === 'le' && one !== '+Inf');
    return {
      name,
      // Faults 6 and 9.
      labels: Object.fromEntries(pairs.map(([label, one]) => [label, isOwn(label, one) ? Number(one) : one])),
      value: plainNumber(Number(value.replace(/^Nan$/, 'NaN').replace('Inf', 'Infinity')), labels.includes('quantile=')),
    };
  });
} // prettier-ignore

const labelValues = fc.constantFrom<(string | number)[]>('', 'x', 'x,b:y', 'y,b:z', 'z', 1, '1', 'q"\n\\', '{}= ,', '__proto__', 'ü😀');

function labelsOf(names: readonly string[]): fc.Arbitrary<Labels> {
  return fc
    .tuple(fc.boolean(), ...names.map(() => labelValues))
    .map(([isTurned, ...values]) => {
      const pairs = names.map((name, place) => [name, values[place] ?? ''] as const);
      return Object.fromEntries(isTurned ? pairs.toReversed() : pairs);
    });
} // prettier-ignore

const finite = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }));
const positive = finite.map(Math.abs);
const any = fc.oneof(finite, fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** 53 + 2, Number.MIN_VALUE, Number.MAX_VALUE));
const one = (value: fc.Arbitrary<number>) => fc.tuple(value);
const oneOrNone = (value: fc.Arbitrary<number>) => fc.oneof(fc.tuple(value), fc.constant([] as const));

const methods: Readonly<Record<Type, Readonly<Record<string, fc.Arbitrary<readonly number[]>>>>> = {
  gauge: { set: one(any), inc: oneOrNone(finite), dec: oneOrNone(finite) },
  counter: { inc: oneOrNone(positive) },
  histogram: { observe: one(finite) },
  summary: { observe: one(finite) },
};

function commandsOf(type: Type, labelNames: readonly string[]) {
  const labels = labelsOf(labelNames);
  const updates = Object.entries(methods[type]).map(([method, values]) =>
    fc.tuple(labels, values, fc.boolean()).map(([own, given, isChild]) => new Update(method, own, given, isChild)),
  );
  const removal = fc.tuple(labels, fc.boolean()).map(([own, isList]) => new Remove(own, isList));
  // Twice, so that most commands are updates.
  return fc.commands([...updates, ...updates, removal, fc.constant(new Reset()), fc.constant(new Compare())], { maxCommands: 50 });
}

const types: readonly Type[] = ['gauge', 'counter', 'histogram', 'summary'];

describe.each(types)('whatever is done to a %s', (type) => {
  test.each([[['a', 'b']], [['b']], [[]]])('with the labels %j, it tells what prom-client tells', async (labelNames) => {
    await fc.assert(
      fc.asyncProperty(commandsOf(type, labelNames), async (commands) => {
        const setup = () => ({ model: { keys: {}, isSet: false } satisfies Model as Model, real: createReal(type, labelNames) });
        await fc.asyncModelRun(setup, [...commands, new Compare()]);
      }),
      { numRuns: 80 },
    );
  });

  test('series that prom-client confuses stay two', async () => {
    const { ours, theirs, store } = createReal(type, ['a', 'b']);
    const [method = ''] = Object.keys(methods[type]);
    for (const metric of [ours, theirs]) {
      metric[method]?.({ a: 'x,b:y', b: 'z' }, 1);
      metric[method]?.({ a: 'x', b: 'y,b:z' }, 2);
    }
    const count = async (metric: AnyMetric) => new Set((await metric.get()).values.map(({ labels }) => textOf(withoutOwn(labels)))).size;
    expect([await count(ours), await count(theirs)]).toEqual([2, 1]);
    expect((await store.takeSnapshot())[0]?.blocks.flatMap(({ labels }) => labels)).toEqual(['a="x,b:y",b="z"', 'a="x",b="y,b:z"']);
  });
});
