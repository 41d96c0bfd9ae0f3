import { Summary } from '../../src/metrics/summary.js';
import { seriesOf as familySeriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const labelled = () => new Summary(specOf({ name: 'latency', type: 'summary', labels: ['path'], percentiles: [0.5, 0.9] }));
const plain = () => new Summary(specOf({ name: 'size', type: 'summary', percentiles: [0.5] }));
const seriesOf = async (summary: Summary) => familySeriesOf(await summary.takeFamily());

test('a summary tells the quantiles, the sum and the count of its observations', async () => {
  const summary = labelled();
  for (let value = 1; value <= 9; value++) summary.observe({ path: '/' }, value);
  const [series] = await seriesOf(summary);
  expect(series).toMatchObject({ labels: [['path', '/']], sum: 45, count: 9, quantiles: [[0.5, 5], [0.9, expect.closeTo(8.6, 5)]] }); // prettier-ignore
});

test('a summary without labels starts at 0 with quantiles that are no numbers, also after a reset', async () => {
  const summary = plain();
  const zero = [{ labels: [], quantiles: [[0.5, NaN]], sum: 0, count: 0 }];
  expect(await seriesOf(summary)).toEqual(zero);
  summary.observe(5);
  summary.observe({}, 5);
  expect(await seriesOf(summary)).toEqual([{ labels: [], quantiles: [[0.5, 5]], sum: 10, count: 2 }]);
  summary.reset();
  expect(await seriesOf(summary)).toEqual(zero);
  const other = labelled();
  other.labels('/');
  expect(await seriesOf(other)).toEqual([]);
});

test('a quantile of 0 is a 0', async () => {
  const summary = plain();
  summary.observe(0);
  expect(await seriesOf(summary)).toEqual([{ labels: [], quantiles: [[0.5, 0]], sum: 0, count: 1 }]);
});

test('a summary is read at the moment of the call', async () => {
  const summary = plain();
  summary.observe(1);
  const family = summary.takeFamily();
  summary.observe(100);
  expect(familySeriesOf(await family)).toEqual([{ labels: [], quantiles: [[0.5, 1]], sum: 1, count: 1 }]);
});

test.each([[undefined], [2]])('old observations leave the quantiles, not sum and count (ageBuckets: %p)', async (ageBuckets) => {
  jest.useFakeTimers();
  const parts = ageBuckets === undefined ? {} : { ageBuckets };
  const summary = new Summary(specOf({ name: 'size', type: 'summary', percentiles: [0.5], maxAgeSeconds: 10, ...parts }));
  summary.observe(5);
  jest.advanceTimersByTime(1_000);
  expect(await seriesOf(summary)).toEqual([{ labels: [], quantiles: [[0.5, 5]], sum: 5, count: 1 }]);
  jest.advanceTimersByTime(20_000);
  expect(await seriesOf(summary)).toEqual([{ labels: [], quantiles: [[0.5, NaN]], sum: 5, count: 1 }]);
  summary.observe(7);
  expect(await seriesOf(summary)).toEqual([{ labels: [], quantiles: [[0.5, 7]], sum: 12, count: 2 }]);
  jest.useRealTimers();
});

test('a kept child observes, also when its series was removed', async () => {
  const summary = labelled();
  const child = summary.labels('/');
  child.observe(1);
  summary.remove('/');
  child.observe(2);
  expect(await seriesOf(summary)).toMatchObject([{ sum: 2, count: 1 }]);
});

test('a summary observes how long something lasted', async () => {
  jest.useFakeTimers();
  const [summary, other] = [labelled(), plain()];
  const ends = [summary.startTimer({ path: '/' }), summary.labels('/').startTimer(), other.startTimer()];
  jest.advanceTimersByTime(2_000);
  expect(ends.map((end) => end())).toEqual([2, 2, 2]);
  jest.useRealTimers();
  expect([...(await seriesOf(summary)), ...(await seriesOf(other))]).toMatchObject([{ sum: 4 }, { sum: 2 }]);
});

test.each<[unknown]>([[NaN], [-Infinity], ['1'], [undefined]])('an observation of %p is refused', async (value) => {
  const summary = labelled();
  expect(failureOf(() => summary.observe({ path: '/' }, value))).toMatch(/^ScrapeError INVALID_UPDATE latency: value is /);
  expect(await seriesOf(summary)).toEqual([]);
});

test.each<[string, (summary: Summary) => unknown]>([
  ['observe', (summary) => summary.observe(5)],
  ['startTimer', (summary) => summary.startTimer({})],
  ['labels', (summary) => summary.labels('a', 'b')],
  ['remove', (summary) => summary.remove({ pat: 'a' })],
])('%s with wrong labels is refused', (_, update) => {
  expect(failureOf(() => update(labelled()))).toMatch(/^ScrapeError INVALID_LABELS latency: /);
});
