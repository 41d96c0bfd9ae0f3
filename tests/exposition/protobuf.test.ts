import { escapings } from '../../src/exposition/escape-name.js';
import { protobuf } from '../../src/exposition/protobuf.js';
import { writeLabels } from '../../src/model/labels.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { examples, wideExamples } from './examples.js';
import { family, toFamily } from './families.js';
import { encode, joinPieces } from './read-formats.js';
import { familyMessage, readMessages, readProtobuf } from './read-protobuf.js';

test('the Content-Type is spelled as Prometheus does, and names are written in any escaping', () => {
  expect(protobuf.contentType('allow-utf-8')).toBe(
    'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=allow-utf-8',
  );
  expect(protobuf.escapings).toEqual(escapings);
});

test('nothing is nothing', () => {
  expect(encode(protobuf, [])).toEqual(Buffer.alloc(0));
});

test('a message is its length, its head, then its metrics', () => {
  const one = family('gauge', 'a_m', { help: 'h', unit: 'm', series: [{ labels: [['l', 'ä']], value: 1.5 }] });
  expect(encode(protobuf, [one]).toString('hex')).toBe(
    [
      '23', // 35 bytes
      '0a03615f6d', // 1: "a_m"
      '120168', // 2: "h"
      '1801', // 3: GAUGE
      '2a016d', // 5: "m"
      '2214', // 4: 20 bytes
      '0a07', // 1: 7 bytes
      '0a016c', // 1: "l"
      '1202c3a4', // 2: "ä"
      '1209', // 2: 9 bytes
      '09000000000000f83f', // 1: 1.5
    ].join(''),
  );
});

const a1 = [{ name: 'a', value: '1' }];
const trace = [{ name: 'trace_id', value: 'KOO5S4vxi0o' }];
const exemplar = { label: trace, value: 0.67, timestamp: { seconds: 1520879607, nanos: 789_000_000 } };

/* What protobufjs is told to write, by the schema. */
const expected: Readonly<Record<keyof typeof examples, object>> = {
  'a gauge, with two series': {
    name: 'warmth',
    help: 'The warmth.',
    type: 1,
    metric: [
      { label: a1, gauge: { value: 1.5 } },
      { label: [{ name: 'a', value: '2' }, { name: 'b', value: 'x' }], gauge: { value: -3 } },
    ],
  },
  'a family without series': { name: 'silent', help: 'The silent.', type: 1 },
  'a counter': { name: 'requests_total', help: 'The requests.', type: 0, metric: [{ counter: { value: 3 } }] },
  'a counter with a unit, an exemplar and a beginning': {
    name: 'busy_seconds_total',
    help: 'The busy_seconds.',
    type: 0,
    metric: [{ label: a1, counter: { value: 0.25, exemplar, createdTimestamp: { seconds: 1520872607, nanos: 123_000_000 } } }],
    unit: 'seconds',
  },
  'a unit that the name does not end in': { name: 'busy', help: 'The busy.', type: 1 },
  'a histogram, with exemplars': {
    name: 'wait',
    help: 'The wait.',
    type: 4,
    metric: [
      {
        histogram: {
          sampleCount: 3,
          sampleSum: 7.5,
          bucket: [
            { cumulativeCount: 0, upperBound: 0.005 },
            { cumulativeCount: 2, upperBound: 1, exemplar },
            { cumulativeCount: 2, upperBound: 1e6 },
            { cumulativeCount: 3, upperBound: Infinity, exemplar: { ...exemplar, label: [] } },
          ],
          createdTimestamp: { seconds: 5, nanos: 0 },
        },
      },
      {
        label: a1,
        histogram: {
          sampleCount: 0,
          sampleSum: 0,
          bucket: [
            { cumulativeCount: 0, upperBound: 1 },
            { cumulativeCount: 0, upperBound: Infinity },
          ],
          createdTimestamp: { seconds: 6, nanos: 500_000_000 },
        },
      },
    ],
  },
  'a summary': {
    name: 'age',
    help: 'The age.',
    type: 2,
    metric: [
      {
        label: a1,
        summary: {
          sampleCount: 1,
          sampleSum: 4,
          quantile: [
            { quantile: 0.5, value: 4 },
            { quantile: 1, value: NaN },
          ],
          createdTimestamp: { seconds: 1e9, nanos: 0 },
        },
      },
    ],
  },
  'an info': { name: 'build_info', help: 'The build.', type: 1, metric: [{ label: [{ name: 'version', value: '1.2' }], gauge: { value: 1 } }] },
  'an enum': {
    name: 'mode',
    help: 'The mode.',
    type: 1,
    metric: [
      { label: [{ name: 'mode', value: 'on' }], gauge: { value: 0 } },
      { label: [{ name: 'mode', value: 'o"f' }], gauge: { value: 1 } },
      { label: [...a1, { name: 'mode', value: 'on' }], gauge: { value: 1 } },
      { label: [...a1, { name: 'mode', value: 'o"f' }], gauge: { value: 0 } },
    ],
  },
  'an unknown': { name: 'odd', help: 'The odd.', type: 3, metric: [{ untyped: { value: Infinity } }] },
  'a name with a colon': {
    name: 'job:x:sum',
    help: 'The job:x:sum.',
    type: 1,
    metric: [{ label: [{ name: 'empty', value: '' }], gauge: { value: -0 } }],
  },
  'a help and a label that need escapes': {
    name: 'x',
    help: 'a "b"\\\nc',
    type: 1,
    metric: [{ label: [{ name: 'l', value: 'a "b"\\\nc' }], gauge: { value: 1 } }],
  },
  'numbers at their limits': {
    name: 'n',
    help: 'The n.',
    type: 1,
    metric: [5e-324, 1.7976931348623157e308, 0.1 + 0.2, 2 ** 53, 2 ** 64, NaN, -Infinity].map((value, index) => ({
      label: [{ name: 'i', value: String(index) }],
      gauge: { value },
    })),
  },
}; // prettier-ignore

test.each(Object.entries(expected))('%s', (name, object) => {
  const bytes = encode(protobuf, [toFamily(examples[name as keyof typeof examples])]);
  const theirs = Buffer.from(familyMessage.encodeDelimited(familyMessage.fromObject(object)).finish());
  // Fields may stand in any order: theirs has the unit last.
  if ('unit' in object) expect([bytes.length, readMessages(bytes)]).toEqual([theirs.length, readMessages(theirs)]);
  else expect(bytes).toEqual(theirs);
});

test.each([
  ['allow-utf-8', ['http.requests_total', '1° "x"\\\n', 'wait.time', 'mode.now'], ['http.code', 'plain_label'], 'span.id'],
  ['underscores', ['http_requests_total', '____x___', 'wait_time', 'mode_now'], ['http_code', 'plain_label'], 'span_id'],
  [
    'dots',
    ['http_dot_requests__total', '________x______', 'wait_dot_time', 'mode_dot_now'],
    ['http_dot_code', 'plain_label'],
    'span_dot_id',
  ],
  [
    'values',
    ['U__http_2e_requests__total', 'U___31__b0__20__22_x_22__5c__a_', 'U__wait_2e_time', 'U__mode_2e_now'],
    ['U__http_2e_code', 'plain_label'],
    'U__span_2e_id',
  ],
] as const)('names outside of the classic alphabet: %s', (escaping, names, labels, exemplarLabel) => {
  const families = readMessages(encode(protobuf, wideExamples.map((one) => toFamily(one)), escaping)); // prettier-ignore
  expect(families.map(({ name }) => name)).toEqual(names);
  const [counter] = families[0]?.metric ?? [];
  expect(counter?.label.map(({ name }) => name)).toEqual(labels);
  expect(counter?.counter?.exemplar?.label).toEqual([{ name: exemplarLabel, value: '7' }]);
  expect(families[3]?.metric[0]?.label).toEqual([{ name: names[3], value: 'on' }]);
});

/* Prometheus loses the whole scrape to a unit that is not what the name ends in, before the `_total` of a counter. */
test.each([
  ['underscores', ['seconds', 'seconds']],
  ['dots', [undefined, 'seconds']],
] as const)('%s: a unit is told only where the name ends in it', (escaping, units) => {
  const families = [
    family('counter', 'busy.for_seconds', { unit: 'seconds', series: [] }),
    family('gauge', 'age.in_seconds', { unit: 'seconds', series: [] }),
  ];
  expect(readMessages(encode(protobuf, families, escaping)).map(({ unit }) => unit)).toEqual(units);
});

test.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64 - 2048])(
  'a count of %d is exact',
  (count) => {
    const one = family('histogram', 'x', { series: [{ labels: [], buckets: [[1, count]], sum: 0, count }] });
    const [histogram] = readMessages(encode(protobuf, [one]))[0]?.metric ?? [];
    expect(histogram?.histogram).toMatchObject({
      sampleCount: String(BigInt(count)),
      bucket: Array(2).fill({ cumulativeCount: String(BigInt(count)) }),
    });
  },
);

const untyped = (name: string, values: readonly (readonly [labels: object, value: number])[]): object => ({
  name,
  type: 'untyped',
  help: 'The x.',
  samples: values.map(([labels, value]) => ({ name, labels, value })),
});

test.each([
  ['broken', 1.5],
  ['too large', 2 ** 64],
  ['infinite', Infinity],
])('a histogram with a count that is %s is shown in parts, whose values may be any', (_how, count) => {
  const exemplars = { 0: { labels: [], value: 1, timestamp: 1 } };
  const one = family('histogram', 'x', { series: [{ labels: [['a', 'ä"']], buckets: [[1, 0.5]], sum: -1, count, exemplars, created: 1 }] });
  expect(readProtobuf(encode(protobuf, [one]))).toEqual([
    untyped('x_bucket', [
      [{ a: 'ä"', le: '1.0' }, 0.5],
      [{ a: 'ä"', le: '+Inf' }, count],
    ]),
    untyped('x_sum', [[{ a: 'ä"' }, -1]]),
    untyped('x_count', [[{ a: 'ä"' }, count]]),
  ]);
});

test('observations may be negative', () => {
  const one = family('histogram', 'x', { series: [{ labels: [], buckets: [[-1, 1]], sum: -3, count: 2 }] });
  const two = family('summary', 'y', { series: [{ labels: [], quantiles: [[0.5, -1]], sum: -3, count: 2 }] });
  expect(readProtobuf(encode(protobuf, [one, two])).map(({ type }) => type)).toEqual(['histogram', 'summary']);
});

test.each([
  [1.9999999, { seconds: '2', nanos: 0 }],
  [1700000000.123, { seconds: '1700000000', nanos: 123_000_000 }],
  [0, { seconds: '0', nanos: 0 }],
  [-1, undefined],
  [NaN, undefined],
  [Infinity, undefined],
])('the time %d is told in microseconds, if it is one', (created, expectedTime) => {
  const one = family('counter', 'x', { series: [{ labels: [], value: 1, created }] });
  expect(readMessages(encode(protobuf, [one]))[0]?.metric[0]?.counter?.createdTimestamp).toEqual(expectedTime);
});

/* Each length begins a new byte of the lengths around it. */
test.each([0, 1, 50, 90, 100, 110, 120, 127, 128, 129, 16_000, 16_384, 20_000, 2_100_000])(
  'a label of %d characters is whole',
  (length) => {
    const value = 'x'.repeat(length);
    const one = family('summary', 'x', {
      help: value,
      series: [{ labels: [[`l${value}`, value]], quantiles: [[0.5, 1]], sum: 1, count: 1 }],
    });
    const [read] = readMessages(encode(protobuf, [one]));
    expect(read?.help === value && read.metric[0]?.label[0]?.name === `l${value}` && read.metric[0].label[0].value === value).toBe(true);
  },
);

test('a broken label text does no harm to what follows', () => {
  const broken = {
    ...family('gauge', 'x', { series: [{ labels: [], value: 1 }] }),
    blocks: [{ labels: [1], values: [1] }],
  } as unknown as MetricFamily;
  const encoder = protobuf.createEncoder('underscores');
  expect(() => [...encoder.encode([broken])]).toThrow();
  const sound = family('gauge', 'y', { series: [{ labels: [['a', writeLabels([['b', 'c']])]], value: 1 }] });
  expect(readProtobuf(joinPieces(encoder.encode([sound])))).toHaveLength(1);
});
