import { openMetricsEncoder } from '../../src/exposition/open-metrics.js';
import { textEncoder } from '../../src/exposition/text.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { parseMetrics } from '../../src/testing/parse-metrics.js';
import { family } from './families.js';

const number = (type: 'counter' | 'gauge' | 'info' | 'unknown', name: string, value = 1): MetricFamily =>
  family(type, name, { series: [{ labels: [], value }] });
const histogram = (name: string, rest: object = {}): MetricFamily =>
  family('histogram', name, { series: [{ labels: [], buckets: [[1, 1], [Infinity, 2]], sum: 3, count: 2, ...rest }] }); // prettier-ignore
const summary = (name: string, rest: object = {}): MetricFamily =>
  family('summary', name, { series: [{ labels: [], quantiles: [[0.5, 1]], sum: 3, count: 2, ...rest }] });

/** `name type` of each family, and the sample names where they are not the family's. */
function shown(encoder: typeof textEncoder, families: readonly MetricFamily[]): readonly string[] {
  return parseMetrics(encoder.encode(families).toString()).map(({ name, type, samples }) => {
    const others = [...new Set(samples.map((sample) => sample.name))].filter((one) => one !== name);
    return [name, type, ...others].join(' ');
  });
}

/* Two families that clash, and what is shown of them. */
test.each<[name: string, families: readonly MetricFamily[], text: readonly string[], openMetrics: readonly string[]]>([
  ['of two families with one name the first stays', [number('gauge', 'x', 1), number('unknown', 'x', 2)], ['x gauge'], ['x gauge']],
  [
    'a gauge called as a counter is not a second counter',
    [number('counter', 'x'), number('gauge', 'x_total')],
    ['x_total counter'],
    ['x counter x_total'],
  ],
  [
    'a gauge called as a part of a histogram is not a second part',
    [histogram('x'), number('gauge', 'x_count')],
    ['x histogram x_bucket x_sum x_count'],
    ['x histogram x_bucket x_sum x_count'],
  ],
  [
    'a histogram that would take the name of a gauge is left out',
    [number('gauge', 'x_count'), histogram('x')],
    ['x_count gauge'],
    ['x_count gauge'],
  ],
  [
    'a histogram and a gauge of one name share no sample: the histogram loses its type',
    [histogram('x'), number('gauge', 'x')],
    ['x_bucket untyped', 'x_sum untyped', 'x_count untyped', 'x gauge'],
    ['x_bucket unknown', 'x_sum unknown', 'x_count unknown', 'x gauge'],
  ],
  [
    'a counter and a gauge of one name share no sample: the counter loses its type in OpenMetrics',
    [number('counter', 'x'), number('gauge', 'x')],
    ['x_total counter', 'x gauge'],
    ['x_total unknown', 'x gauge'],
  ],
  [
    'a counter and an info of one name share no sample: the second loses its type in OpenMetrics',
    [number('counter', 'x'), number('info', 'x')],
    ['x_total counter', 'x_info gauge'],
    ['x counter x_total', 'x_info unknown'],
  ],
  [
    'a name that a counter could use is taken in OpenMetrics',
    [number('counter', 'x'), number('gauge', 'x_created')],
    ['x_total counter', 'x_created gauge'],
    ['x_total unknown', 'x_created gauge'],
  ],
  [
    'a gauge may be called as a counter where there is none',
    [number('gauge', 'x_total'), number('gauge', 'x')],
    ['x_total gauge', 'x gauge'],
    ['x_total gauge', 'x gauge'],
  ],
])('%s', (_name, families, text, openMetrics) => {
  expect(shown(textEncoder, families)).toEqual(text);
  expect(shown(openMetricsEncoder, families)).toEqual(openMetrics);
});

/* Values that break the rules of their type in OpenMetrics, which text format does not have. */
test.each<[name: string, family: MetricFamily, parts: readonly string[]]>([
  ['a counter that is NaN', number('counter', 'x', NaN), ['_total']],
  ['a counter below 0', number('counter', 'x', -1), ['_total']],
  ['an info that is not 1', number('info', 'x', 2), ['_info']],
  [
    'a histogram with a bound below 0',
    histogram('x', {
      buckets: [
        [-1, 0],
        [Infinity, 2],
      ],
    }),
    ['_bucket', '_sum', '_count'],
  ],
  [
    'a histogram with bounds out of order',
    histogram('x', {
      buckets: [
        [2, 0],
        [1, 1],
        [Infinity, 2],
      ],
    }),
    ['_bucket', '_sum', '_count'],
  ],
  [
    'a histogram with counts out of order',
    histogram('x', {
      buckets: [
        [1, 3],
        [Infinity, 2],
      ],
    }),
    ['_bucket', '_sum', '_count'],
  ],
  [
    'a histogram with broken counts',
    histogram('x', {
      buckets: [
        [1, 0.5],
        [Infinity, 2],
      ],
    }),
    ['_bucket', '_sum', '_count'],
  ],
  ['a histogram without the last bound', histogram('x', { buckets: [[1, 2]] }), ['_bucket', '_sum', '_count']],
  ['a histogram with another count', histogram('x', { count: 3 }), ['_bucket', '_sum', '_count']],
  ['a histogram with a sum below 0', histogram('x', { sum: -1 }), ['_bucket', '_sum', '_count']],
  ['a histogram without a sum', histogram('x', { sum: NaN }), ['_bucket', '_sum', '_count']],
  ['a summary with a value below 0', summary('x', { quantiles: [[0.5, -1]] }), ['', '_sum', '_count']],
  ['a summary with a quantile above 1', summary('x', { quantiles: [[1.5, 1]] }), ['', '_sum', '_count']],
  ['a summary with a quantile below 0', summary('x', { quantiles: [[-0.5, 1]] }), ['', '_sum', '_count']],
  ['a summary with a sum below 0', summary('x', { sum: -1 }), ['', '_sum', '_count']],
  ['a summary with a count below 0', summary('x', { count: -1 }), ['', '_sum', '_count']],
  ['a summary with a broken count', summary('x', { count: 1.5 }), ['', '_sum', '_count']],
])('%s keeps its series in OpenMetrics and loses its type', (_name, one, suffixes) => {
  const samples = (encoder: typeof textEncoder): readonly string[] =>
    encoder.encode([one]).toString().split('\n').filter((line) => line.startsWith('x')).sort(); // prettier-ignore
  expect(shown(openMetricsEncoder, [one])).toEqual(suffixes.map((suffix) => `x${suffix} unknown`));
  expect(samples(openMetricsEncoder)).toEqual(samples(textEncoder));
  expect(shown(textEncoder, [one])).toHaveLength(1);
});

test.each([
  ['a summary of nothing', summary('x', { quantiles: [[0.5, NaN]], sum: 0, count: 0 })],
  ['a counter at infinity', number('counter', 'x', Infinity)],
  ['a gauge below 0', number('gauge', 'x', -1)],
])('%s keeps its type', (_name, one) => {
  expect(shown(openMetricsEncoder, [one])[0]).toMatch(`x ${one.type}`);
});
