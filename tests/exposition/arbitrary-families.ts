import fc from 'fast-check';
import type { LabelPairs, MetricFamily } from '../../src/model/metric-family.js';

/** Any text, often one with what must be escaped. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('\\', '"', '\n', 'n', ' ', '{', '}', ',', '=', '#', '\r', '\0', 'ä', '😀') }),
);

const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, 1e21, 1e-7));
const positive = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.nat());
const labelName = fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,8}$/).filter((name) => !['le', 'quantile'].includes(name));
const labels = fc.uniqueArray(fc.tuple(labelName, text), { selector: ([name]) => name, maxLength: 3 });

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]): number => (one < other ? -1 : 1);

/** Series that differ in their labels. */
function seriesOf<Point>(point: fc.Arbitrary<Point>): fc.Arbitrary<(Point & { readonly labels: LabelPairs })[]> {
  const one = fc.tuple(labels, point).map(([pairs, rest]) => ({ labels: pairs, ...rest }));
  return fc.uniqueArray(one, { selector: ({ labels: pairs }) => JSON.stringify(pairs.toSorted(byName)), maxLength: 4 });
}

const buckets = fc.array(fc.tuple(positive, fc.nat()), { maxLength: 4 }).map((points) => {
  const bounds = [...new Set(points.map(([bound]) => bound).filter(Number.isFinite))].sort((one, other) => one - other);
  let count = 0;
  const finite = bounds.map((bound, index) => [bound, (count += points[index]?.[1] ?? 0)] as const);
  return { buckets: [...finite, [Infinity, count] as const], count };
});

const histogram = fc.tuple(buckets, positive).map(([points, sum]) => ({ ...points, sum }));
const quantile = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.oneof(positive, fc.constant(NaN)));
const summary = fc.record({
  quantiles: fc.uniqueArray(quantile, { selector: ([place]) => place + 0, maxLength: 3 }),
  sum: positive,
  count: fc.nat(),
});

const states = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
const enums = states.chain((names) =>
  fc.record({ states: fc.constant(names), series: seriesOf(fc.record({ state: fc.constantFrom(...names) })) }),
);

const bodies = fc.oneof(
  fc.record({ type: fc.constantFrom('gauge', 'unknown'), series: seriesOf(fc.record({ value })) }),
  fc.record({ type: fc.constant('counter'), series: seriesOf(fc.record({ value: positive })) }),
  fc.record({ type: fc.constant('info'), series: seriesOf(fc.record({ value: fc.constant(1) })) }),
  fc.record({ type: fc.constant('histogram'), series: seriesOf(histogram) }),
  fc.record({ type: fc.constant('summary'), series: seriesOf(summary) }),
  enums.map((body) => ({ type: 'enum', ...body })),
);

/** Families that do not clash and keep the rules of their types. */
export const arbitraryFamilies: fc.Arbitrary<readonly MetricFamily[]> = fc
  .array(fc.tuple(bodies, text, fc.boolean()), { maxLength: 5 })
  .map((all) =>
    all.map(([body, help, hasUnit], index) => {
      const unit = hasUnit && body.type !== 'info' && body.type !== 'enum' ? 'seconds' : undefined;
      return {
        name: `${body.type === 'enum' ? 'family' : 'Family:'}${index}${unit === undefined ? '' : '_seconds'}`,
        help,
        unit,
        ...body,
      } as unknown as MetricFamily;
    }),
  );
