import { formats } from '../../src/exposition/formats.js';
import { openMetrics100 } from '../../src/exposition/open-metrics.js';
import { protobuf } from '../../src/exposition/protobuf.js';
import { text004 } from '../../src/exposition/text.js';
import type { Format } from '../../src/exposition/format.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { family } from './families.js';
import { encode, nameOf, read } from './read-formats.js';
import { seriesOf } from './reading.js';

const number = (type: 'counter' | 'gauge' | 'info' | 'unknown', name: string, value = 1): MetricFamily =>
  family(type, name, { series: [{ labels: [], value }] });
const histogram = (name: string, rest: object = {}): MetricFamily =>
  family('histogram', name, { series: [{ labels: [], buckets: [[1, 1]], sum: 3, count: 2, ...rest }] });
const summary = (name: string, rest: object = {}): MetricFamily =>
  family('summary', name, { series: [{ labels: [], quantiles: [[0.5, 1]], sum: 3, count: 2, ...rest }] });

/** `name type` of each family, and the sample names where they are not the family's. */
function shown(format: Format, families: readonly MetricFamily[]): readonly string[] {
  return read(format, encode(format, families)).map(({ name, type, samples }) => {
    const others = [...new Set(samples.map((sample) => sample.name))].filter((one) => one !== name);
    return [name, type, ...others].join(' ');
  });
}

/* Two families that clash, and what is shown of them. */
test.each<[name: string, families: readonly MetricFamily[], prometheus: readonly string[], openMetrics: readonly string[]]>([
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
  [
    'a gauge may be called as its type',
    [number('gauge', 'x_gauge'), number('unknown', 'x_info')],
    ['x_gauge gauge', 'x_info untyped'],
    ['x_gauge gauge', 'x_info unknown'],
  ],
  ['names that are the same when escaped clash', [number('gauge', 'x.y', 1), number('gauge', 'x/y', 2)], ['x_y gauge'], ['x_y gauge']],
])('%s', (_name, families, prometheus, openMetrics) => {
  expect(shown(text004, families)).toEqual(prometheus);
  expect(shown(protobuf, families)).toEqual(prometheus);
  expect(shown(openMetrics100, families)).toEqual(openMetrics);
});

/* Values that break the rules of their type in OpenMetrics; text format has no rules, protobuf wants whole counts. */
test.each<[name: string, family: MetricFamily, parts: readonly string[], isKeptByProtobuf: boolean]>([
  ['a counter that is NaN', number('counter', 'x', NaN), ['_total'], true],
  ['a counter below 0', number('counter', 'x', -1), ['_total'], true],
  ['an info that is not 1', number('info', 'x', 2), ['_info'], true],
  ['a histogram with a bound below 0', histogram('x', { buckets: [[-1, 0]] }), ['_bucket', '_sum', '_count'], true],
  ['a histogram with bounds out of order', histogram('x', { buckets: [[2, 0], [1, 1]] }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with counts out of order', histogram('x', { buckets: [[1, 2], [2, 1]] }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with broken counts', histogram('x', { buckets: [[1, 0.5]] }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with a count below 0', histogram('x', { buckets: [[1, -1]] }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with a broken total', histogram('x', { count: 1.5 }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with a total below a bucket', histogram('x', { buckets: [[1, 3]] }), ['_bucket', '_sum', '_count'], false],
  ['a histogram with a sum below 0', histogram('x', { sum: -1 }), ['_bucket', '_sum', '_count'], true],
  ['a histogram without a sum', histogram('x', { sum: NaN }), ['_bucket', '_sum', '_count'], true],
  ['a summary with a value below 0', summary('x', { quantiles: [[0.5, -1]] }), ['', '_sum', '_count'], true],
  ['a summary with a quantile above 1', summary('x', { quantiles: [[1.5, 1]] }), ['', '_sum', '_count'], false],
  ['a summary with a quantile below 0', summary('x', { quantiles: [[-0.5, 1]] }), ['', '_sum', '_count'], false],
  ['a summary with a sum below 0', summary('x', { sum: -1 }), ['', '_sum', '_count'], true],
  ['a summary with a count below 0', summary('x', { count: -1 }), ['', '_sum', '_count'], false],
  ['a summary with a broken count', summary('x', { count: 1.5 }), ['', '_sum', '_count'], false],
])('%s keeps its series in OpenMetrics and loses its type', (_name, one, suffixes, isKeptByProtobuf) => {
  expect(shown(openMetrics100, [one])).toEqual(suffixes.map((suffix) => `x${suffix} unknown`));
  expect(shown(text004, [one])).toHaveLength(1);
  if (isKeptByProtobuf) expect(shown(protobuf, [one])).toHaveLength(1);
  else expect(shown(protobuf, [one])).toEqual(suffixes.map((suffix) => `x${suffix} untyped`));
  const [first, ...others] = formats.map((format) => seriesOf(read(format, encode(format, [one]))));
  for (const other of others) expect(other).toEqual(first);
}); // prettier-ignore

test.each([
  ['a summary of nothing', summary('x', { quantiles: [[0.5, NaN]], sum: 0, count: 0 })],
  ['a counter at infinity', number('counter', 'x', Infinity)],
  ['a gauge below 0', number('gauge', 'x', -1)],
  ['a histogram without buckets', histogram('x', { buckets: [] })],
])('%s keeps its type', (_name, one) => {
  expect(shown(openMetrics100, [one])[0]).toMatch(`x ${one.type}`);
});

test('one series that breaks a rule takes the type of all, in whichever block it is', () => {
  const sound = family('counter', 'x', { series: [{ labels: [['a', '1']], value: 1 }] });
  const broken = family('counter', 'x', { series: [{ labels: [['a', '2']], value: -1 }] });
  const both = { ...sound, blocks: [...sound.blocks, ...broken.blocks] } as MetricFamily;
  expect(shown(openMetrics100, [both])).toEqual(['x_total unknown']);
});

describe.each(formats.map((format) => [nameOf(format), format] as const))('%s', (_name, format) => {
  test('a family without blocks, or with an empty one, has a head', () => {
    const none = family('gauge', 'x', { series: [] });
    const empty = { ...none, name: 'y', blocks: [{ labels: [], values: new Float64Array() }] } as MetricFamily;
    expect(shown(format, [none, empty])).toEqual(['x gauge', 'y gauge']);
  });
});
