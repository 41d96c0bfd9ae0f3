import { Histogram } from '../../src/metrics/histogram.js';
import { seriesOf as familySeriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const labelled = () => new Histogram(specOf({ name: 'latency', type: 'histogram', labels: ['path'], buckets: [1, 2.5] }));
const plain = () => new Histogram(specOf({ name: 'size', type: 'histogram', buckets: [1, 10] }));
const seriesOf = (histogram: Histogram) => familySeriesOf(histogram.takeFamily());

test('observations are counted in cumulative buckets', () => {
  const histogram = labelled();
  for (const value of [0.5, 1, 2, 3]) histogram.observe({ path: '/' }, value);
  expect(seriesOf(histogram)).toEqual([
    {
      labels: [['path', '/']],
      buckets: [
        [1, 2],
        [2.5, 3],
        [Infinity, 4],
      ],
      sum: 6.5,
      count: 4,
    },
  ]);
});

test('a histogram without labels starts at 0, also after a reset; one with labels has no series', () => {
  const histogram = plain();
  const zero = [{ labels: [], buckets: [[1, 0], [10, 0], [Infinity, 0]], sum: 0, count: 0 }]; // prettier-ignore
  expect(seriesOf(histogram)).toEqual(zero);
  histogram.observe(5);
  histogram.observe({}, 0);
  expect(seriesOf(histogram)).toEqual([{ labels: [], buckets: [[1, 1], [10, 2], [Infinity, 2]], sum: 5, count: 2 }]); // prettier-ignore
  histogram.reset();
  expect(seriesOf(histogram)).toEqual(zero);
  const other = labelled();
  other.labels('/');
  expect(seriesOf(other)).toEqual([]);
});

test('a series can be made to start at 0', () => {
  const histogram = labelled();
  histogram.zero({ path: '/' });
  expect(seriesOf(histogram)).toMatchObject([{ count: 0, sum: 0 }]);
  histogram.observe({ path: '/' }, 2);
  histogram.zero({ path: '/' });
  expect(seriesOf(histogram)).toMatchObject([{ count: 0, sum: 0, buckets: [[1, 0], [2.5, 0], [Infinity, 0]] }]); // prettier-ignore
  const other = plain();
  other.observe(1);
  other.zero();
  expect(seriesOf(other)).toMatchObject([{ count: 0 }]);
});

test('a kept child observes, also when its series was removed', () => {
  const histogram = labelled();
  const child = histogram.labels('/');
  child.observe(1);
  histogram.remove('/');
  child.observe(2);
  expect(seriesOf(histogram)).toMatchObject([{ sum: 2, count: 1 }]);
});

test('a histogram observes how long something lasted', () => {
  jest.useFakeTimers();
  const [histogram, other] = [labelled(), plain()];
  const ends = [histogram.startTimer({ path: '/' }), histogram.labels('/').startTimer(), other.startTimer()];
  jest.advanceTimersByTime(2_000);
  expect(ends.map((end) => end())).toEqual([2, 2, 2]);
  jest.useRealTimers();
  expect([...seriesOf(histogram), ...seriesOf(other)]).toMatchObject([{ sum: 4, count: 2 }, { sum: 2, count: 1 }]); // prettier-ignore
});

test.each([
  [
    { 1: 1, 2: 3, 0.5: 0 },
    [
      [0.5, 0],
      [1, 1],
      [2, 3],
      [Infinity, 4],
    ],
  ],
  [
    new Map([
      [2, 1],
      [-1, 1],
    ]),
    [
      [-1, 1],
      [2, 1],
      [Infinity, 4],
    ],
  ],
  [
    { '1.0': 4 },
    [
      [1, 4],
      [Infinity, 4],
    ],
  ],
  [{}, [[Infinity, 4]]],
])('a foreign histogram is mirrored with its own bounds, in ascending order (%#)', (buckets, expected) => {
  // prettier-ignore
  const histogram = labelled();
  histogram.setBuckets({ path: '/' }, { buckets, sum: 9.5, count: 4 });
  expect(seriesOf(histogram)).toEqual([{ labels: [['path', '/']], buckets: expected, sum: 9.5, count: 4 }]);
});

test('a histogram without labels is mirrored by the totals only, or after empty labels', () => {
  const histogram = plain();
  histogram.setBuckets({ buckets: { 1: 1 }, sum: 1, count: 1 });
  expect(seriesOf(histogram)).toMatchObject([{ count: 1 }]);
  histogram.setBuckets({}, { buckets: { 1: 1 }, sum: 1, count: 2 });
  expect(seriesOf(histogram)).toMatchObject([{ count: 2 }]);
  histogram.labels().setBuckets({ buckets: { 1: 1 }, sum: 1, count: 3 });
  expect(seriesOf(histogram)).toMatchObject([{ count: 3 }]);
});

test('what is mirrored is a copy', () => {
  const [histogram, buckets] = [plain(), new Map([[1, 1]])];
  histogram.setBuckets({ buckets, sum: 1, count: 1 });
  buckets.set(2, 1);
  expect(seriesOf(histogram)).toMatchObject([{ buckets: [[1, 1], [Infinity, 1]] }]); // prettier-ignore
});

const counts = 'Give a finite number of at least 0';

test.each<[unknown, string]>([
  [undefined, 'totals are undefined. Give { buckets, sum, count }.'],
  [7, 'totals are 7. Give { buckets, sum, count }.'],
  [{ buckets: {}, sum: 1, cout: 1 }, 'totals have an unknown key "cout". Did you mean count?'],
  [{ sum: 1, count: 1 }, 'buckets are undefined. Give an object or a map, from upper bounds to cumulative counts.'],
  [{ buckets: {}, count: 1 }, 'sum is undefined. Give a number.'],
  [{ buckets: {}, sum: NaN, count: 1 }, 'sum is NaN. Give a number.'],
  [{ buckets: {}, sum: 1 }, `count is undefined. ${counts}.`],
  [{ buckets: {}, sum: 1, count: -1 }, `count is -1. ${counts}.`],
  [{ buckets: { 1: '1' }, sum: 1, count: 1 }, `the count at 1 is "1". ${counts}.`],
  [{ buckets: { 1: NaN }, sum: 1, count: 1 }, `the count at 1 is NaN. ${counts}.`],
  [{ buckets: { 1: 2, 2: 1 }, sum: 1, count: 2 }, 'the count at 2 is 1, but 2 at 1. Give cumulative counts, none above count.'],
  [{ buckets: { 1: 3 }, sum: 1, count: 2 }, 'count is 2, but 3 at 1. Give cumulative counts, none above count.'],
  [{ buckets: { '+Inf': 3 }, sum: 1, count: 3 }, 'bound "+Inf" is not finite. Give finite upper bounds; +Inf is count.'],
  [{ buckets: new Map([[Infinity, 3]]), sum: 1, count: 3 }, 'bound Infinity is not finite. Give finite upper bounds; +Inf is count.'],
  [{ buckets: { ' ': 3 }, sum: 1, count: 3 }, 'bound " " is not finite. Give finite upper bounds; +Inf is count.'],
  [{ buckets: { '1': 1, '1.0': 1 }, sum: 1, count: 3 }, 'bound 1 stands twice. Give each bound once.'],
])('totals that make no sense are refused (%#)', (totals, message) => {
  const histogram = labelled();
  expect(failureOf(() => histogram.setBuckets({ path: '/' }, totals))).toBe(`ScrapeError INVALID_UPDATE latency: ${message}`);
  expect(seriesOf(histogram)).toEqual([]);
});

test.each<[unknown]>([[NaN], [Infinity], ['1'], [undefined], [1n]])('an observation of %p is refused', (value) => {
  const histogram = labelled();
  expect(failureOf(() => histogram.observe({ path: '/' }, value))).toMatch(
    /^ScrapeError INVALID_UPDATE latency: value is .*\. Give a finite number\.$/,
  );
  expect(seriesOf(histogram)).toEqual([]);
});

test.each<[string, (histogram: Histogram) => unknown]>([
  ['observe', (histogram) => histogram.observe(5)],
  ['startTimer', (histogram) => histogram.startTimer()],
  ['setBuckets', (histogram) => histogram.setBuckets({ buckets: {}, sum: 1, count: 1 })],
  ['zero', (histogram) => histogram.zero()],
  ['labels', (histogram) => histogram.labels()],
  ['remove', (histogram) => histogram.remove('a', 'b')],
])('%s with wrong labels is refused', (_, update) => {
  expect(failureOf(() => update(labelled()))).toMatch(/^ScrapeError INVALID_LABELS latency: /);
});

test('a histogram either observes or mirrors', () => {
  const mixed = 'ScrapeError INVALID_UPDATE size: is counted and mirrored. Use observe only, or setBuckets only.';
  const [observed, mirrored] = [plain(), plain()];
  observed.observe(1);
  expect(failureOf(() => observed.setBuckets({ buckets: {}, sum: 1, count: 1 }))).toBe(mixed);
  mirrored.setBuckets({ buckets: {}, sum: 1, count: 1 });
  expect(failureOf(() => mirrored.labels().observe(1))).toBe(mixed);
});
