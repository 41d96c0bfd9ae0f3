import fc from 'fast-check';
import type { LabelPairs } from '../../src/model/labels.js';
import type { Draft, DraftExemplar } from './families.js';

/** Any text, often one with what must be escaped. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('\\', '"', '\n', 'n', ' ', '{', '}', ',', '=', '#', '\r', '\0', 'ä', '😀') }),
);

const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, 1e21, 1e-7, 2 ** 53, 2 ** 53 + 2));
const positive = fc.oneof(fc.double({ min: 0, noNaN: true }), fc.nat());
const count = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(0, 127, 128, 2 ** 32, 2 ** 53, 2 ** 62));
/** Doubles of our days tell microseconds; a draft has milliseconds. */
const timestamp = fc.integer({ min: 0, max: 2e12 }).map((milliseconds) => milliseconds / 1000);

const classicLabelName = fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,8}$/).filter((name) => !['le', 'quantile'].includes(name));
const anyName = fc.oneof(
  classicLabelName,
  text.filter((name) => name !== '' && !['le', 'quantile', '__proto__'].includes(name)),
);

const byName = ([one]: readonly [string, string], [other]: readonly [string, string]): number => (one < other ? -1 : 1);

interface Names {
  readonly label: fc.Arbitrary<string>;
  /** What a family's name begins with; what follows tells it from the others. */
  readonly family: fc.Arbitrary<string>;
}

/** Names of the classic alphabet. */
const classicNames: Names = { label: classicLabelName, family: fc.constantFrom('family', 'Family:', '_', 'a:b_') };
/** Names of any characters. */
const anyNames: Names = { label: anyName, family: fc.oneof(classicNames.family, text) };

/** Drafts that do not clash and keep the rules of their types. */
function arbitrary(names: Names): fc.Arbitrary<readonly Draft[]> {
  const labels = fc.uniqueArray(fc.tuple(names.label, text), { selector: ([name]) => name, maxLength: 3 });
  // Python's client cannot read a brace that ends there.
  const exemplarText = fc.string({ unit: fc.constantFrom('\\', '"', '\n', '{', '#', ' ', 'a', '😀'), maxLength: 9 });
  const exemplar: fc.Arbitrary<DraftExemplar> = fc.record({
    labels: fc.uniqueArray(fc.tuple(classicLabelName, exemplarText), { selector: ([name]) => name, maxLength: 3 }),
    value: fc.oneof(fc.double({ noNaN: true }), fc.integer()),
    timestamp,
  });

  /** Series that differ in their labels; all or none of them know when they began. */
  function seriesOf<Point>(
    point: fc.Arbitrary<Point>,
    hasCreated: fc.Arbitrary<boolean> = fc.constant(false),
  ): fc.Arbitrary<(Point & { readonly labels: LabelPairs })[]> {
    const one = fc.tuple(labels, point, timestamp).map(([pairs, rest, created]) => ({ labels: pairs, ...rest, created }));
    const all = fc.uniqueArray(one, { selector: ({ labels: pairs }) => JSON.stringify(pairs.toSorted(byName)), maxLength: 4 });
    return fc
      .tuple(all, hasCreated)
      .map(([series, isKept]) => series.map((each) => ({ ...each, created: isKept ? each.created : undefined })));
  }

  const histogram = fc
    .tuple(fc.array(fc.tuple(positive, count), { maxLength: 4 }), count, positive, fc.dictionary(fc.constantFrom('0', '1', '2'), exemplar))
    .map(([points, last, sum, exemplars]) => {
      const bounds = [...new Set(points.map(([bound]) => bound).filter(Number.isFinite))].sort((one, other) => one - other);
      const [end = 0, ...counts] = [...points.slice(0, bounds.length).map(([, each]) => each), last].sort((one, other) => other - one);
      const buckets = bounds.map((bound, place) => [bound, counts.at(-place - 1) ?? 0] as const);
      const own = Object.fromEntries(Object.entries(exemplars).filter(([place]) => Number(place) <= bounds.length));
      return { buckets, sum, count: end, exemplars: own };
    });
  const quantile = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.oneof(positive, fc.constant(NaN)));
  const summary = fc.record({
    quantiles: fc
      .uniqueArray(quantile, { selector: ([place]) => place + 0, maxLength: 3 })
      .map((all) => all.toSorted(([one], [other]) => one - other)),
    sum: positive,
    count,
  });
  const states = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
  const enums = states.chain((all) =>
    fc.record({ states: fc.constant(all), series: seriesOf(fc.record({ state: fc.constantFrom(...all) })) }),
  );

  const bodies = fc.oneof(
    fc.record({ type: fc.constantFrom('gauge', 'unknown'), series: seriesOf(fc.record({ value })) }),
    fc.record({
      type: fc.constant('counter'),
      series: seriesOf(fc.record({ value: positive, exemplar: fc.option(exemplar, { nil: undefined }) }), fc.boolean()),
    }),
    fc.record({ type: fc.constant('info'), series: seriesOf(fc.record({ value: fc.constant(1) })) }),
    fc.record({ type: fc.constant('histogram'), series: seriesOf(histogram, fc.boolean()) }),
    fc.record({ type: fc.constant('summary'), series: seriesOf(summary, fc.boolean()) }),
    enums.map((body) => ({ type: 'enum', ...body })),
  );
  return fc.array(fc.tuple(bodies, names.family, text, fc.boolean()), { maxLength: 5 }).map((all) =>
    all.map(([body, start, help, hasUnit], index) => {
      const unit = hasUnit && body.type !== 'info' && body.type !== 'enum' ? 'seconds' : undefined;
      // A colon is for metric names, and that of an enum is a label's as well.
      const ownStart = body.type === 'enum' ? start.replaceAll(':', '_') : start;
      return { name: `${ownStart}${'abcde'[index]}x${unit === undefined ? '' : '_seconds'}`, help, unit, ...body } as unknown as Draft;
    }),
  );
}

export const arbitraryDrafts = arbitrary(classicNames);

export const arbitraryDraftsOfAnyName = arbitrary(anyNames);
