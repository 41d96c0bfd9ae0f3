import { parseMetrics } from '../../src/testing/parse-metrics.js';

test('text format is read family by family', () => {
  const text = `# Somebody's comment.
# HELP http_requests_total Requests, by "code"\\nand \\\\.
# TYPE http_requests_total counter
http_requests_total{code="200",path="a\\"b\\\\c\\nd,}"} 3

# TYPE wait histogram
wait_bucket{le="1.0"} 1
wait_bucket{le="+Inf"} 2
wait_sum 2.5
wait_count 2
# HELP age
# TYPE age summary
age{quantile="0.5"} NaN
age_sum 0
age_count 0
lonely -Inf 1700000000000
# TYPE silent gauge
`;
  expect(parseMetrics(text)).toEqual([
    {
      name: 'http_requests_total',
      type: 'counter',
      help: 'Requests, by "code"\nand \\.',
      samples: [{ name: 'http_requests_total', labels: { code: '200', path: 'a"b\\c\nd,}' }, value: 3 }],
    },
    {
      name: 'wait',
      type: 'histogram',
      help: '',
      samples: [
        { name: 'wait_bucket', labels: { le: '1.0' }, value: 1 },
        { name: 'wait_bucket', labels: { le: '+Inf' }, value: 2 },
        { name: 'wait_sum', labels: {}, value: 2.5 },
        { name: 'wait_count', labels: {}, value: 2 },
      ],
    },
    {
      name: 'age',
      type: 'summary',
      help: '',
      samples: [
        { name: 'age', labels: { quantile: '0.5' }, value: NaN },
        { name: 'age_sum', labels: {}, value: 0 },
        { name: 'age_count', labels: {}, value: 0 },
      ],
    },
    { name: 'lonely', type: 'untyped', help: '', samples: [{ name: 'lonely', labels: {}, value: -Infinity }] },
    { name: 'silent', type: 'gauge', help: '', samples: [] },
  ]);
});

test('OpenMetrics is read family by family', () => {
  const text = `# TYPE requests_seconds counter
# UNIT requests_seconds seconds
# HELP requests_seconds Of \\"all\\" \\kinds.
requests_seconds_total{code="a\\b"} 3 1700000000.5 # {trace="a } b"} 0.5 1700000000
requests_seconds_created{code="a\\b"} 1.5e+9
# TYPE build info
build_info{version="1"} 1
# TYPE mode stateset
mode{mode="on"} 0
mode{mode="off"} 1
# TYPE queue gaugehistogram
queue_bucket{le="+Inf"} 2 # {} 1
queue_gsum 3
queue_gcount 2
# TYPE odd unknown
# UNIT odd ${''}
odd 1
lonely 2
# EOF`;
  const families = parseMetrics(text);
  expect(parseMetrics(`${text}\n`)).toEqual(families);
  expect(families.map(({ samples, ...head }) => [head, samples.map(({ name, value }) => [name, value])])).toEqual([
    [
      { name: 'requests_seconds', type: 'counter', unit: 'seconds', help: 'Of "all" \\kinds.' },
      [['requests_seconds_total', 3], ['requests_seconds_created', 1.5e9]],
    ],
    [{ name: 'build', type: 'info', help: '' }, [['build_info', 1]]],
    [{ name: 'mode', type: 'stateset', help: '' }, [['mode', 0], ['mode', 1]]],
    [{ name: 'queue', type: 'gaugehistogram', help: '' }, [['queue_bucket', 2], ['queue_gsum', 3], ['queue_gcount', 2]]],
    [{ name: 'odd', type: 'unknown', help: '' }, [['odd', 1]]],
    [{ name: 'lonely', type: 'unknown', help: '' }, [['lonely', 2]]],
  ]);
  expect(families[0]?.samples[0]?.labels).toEqual({ code: 'a\\b' });
}); // prettier-ignore

test.each([
  ['text', '# HELP "http.requests_total" Some \\\\ more.\n# TYPE "http.requests_total" counter\n', 'http.requests_total', ''],
  ['OpenMetrics', '# TYPE "http.requests" counter\n# HELP "http.requests" Some \\\\ more.\n', 'http.requests', '# EOF\n'],
])('names of any characters stand in quotes, in %s', (_, head, name, end) => {
  const samples = String.raw`{"http.requests_total","http.method"="GET",code="20\"0"} 1
{"http.requests_total"} 2
` + end; // prettier-ignore
  expect(parseMetrics(head + samples)).toEqual([
    {
      name,
      type: 'counter',
      help: 'Some \\ more.',
      samples: [
        { name: 'http.requests_total', labels: { 'http.method': 'GET', code: '20"0' }, value: 1 },
        { name: 'http.requests_total', labels: {}, value: 2 },
      ],
    },
  ]);
});

test.each(['', '# EOF\n'])('what stands in quotes may be escaped, before %j', (end) => {
  const [family] = parseMetrics(String.raw`{"a\"b\\c\nd, e=}","{\"ü"="x"} 1` + `\n${end}`);
  expect(family).toMatchObject({ name: 'a"b\\c\nd, e=}', samples: [{ labels: { '{"ü': 'x' } }] });
});

test('a state set of any characters has its label in quotes', () => {
  const [family] = parseMetrics('# TYPE "the.mode" stateset\n{"the.mode","the.mode"="idle"} 1\n# EOF\n');
  expect(family?.samples).toEqual([{ name: 'the.mode', labels: { 'the.mode': 'idle' }, value: 1 }]);
});

test('quoted tokens of text format may stand apart', () => {
  expect(parseMetrics('#TYPE "a b"  gauge\n { "a b" , "c d" = "1" , } 5\n{ "a b" } 6\n')).toEqual([
    {
      name: 'a b',
      type: 'gauge',
      help: '',
      samples: [
        { name: 'a b', labels: { 'c d': '1' }, value: 5 },
        { name: 'a b', labels: {}, value: 6 },
      ],
    },
  ]);
});

test('exemplars are read, with and without a timestamp', () => {
  const text = `# TYPE a counter
a_total{b="c"} 3 # {trace_id="x } y","span.id"="7"} 0.5 1700000000.25
a_total 1 # {} 1
a_created 1700000000
# TYPE h histogram
h_bucket{le="1.0"} 1 # {trace_id="z"} -1e-3
h_bucket{le="+Inf"} 1
h_sum 0.5
h_count 1
# EOF
`;
  const samples = parseMetrics(text).flatMap((family) => family.samples);
  expect(samples.map(({ exemplar }) => exemplar)).toEqual([
    { labels: { trace_id: 'x } y', 'span.id': '7' }, value: 0.5, timestamp: 1_700_000_000.25 },
    { labels: {}, value: 1 },
    undefined,
    { labels: { trace_id: 'z' }, value: -0.001 },
    undefined,
    undefined,
    undefined,
  ]);
  expect(samples[2]).toEqual({ name: 'a_created', labels: {}, value: 1_700_000_000 });
});

test.each(['', '\n', '# only a comment\n', '#HELPLESS x\n', '#\n'])('%j has no families', (text) => {
  expect(parseMetrics(text)).toEqual([]);
});

test('OpenMetrics without metrics has no families', () => {
  expect(parseMetrics('# EOF\n')).toEqual([]);
});

test('tokens of text format may stand apart', () => {
  const text = '\t# \tHELP\tx  a b \n#TYPE  x\tgauge \n  x\t{ a = "1" , b="2", } \t5\t17\t\nx{}6\n';
  expect(parseMetrics(text)).toEqual([
    {
      name: 'x',
      type: 'gauge',
      help: ' a b ',
      samples: [
        { name: 'x', labels: { a: '1', b: '2' }, value: 5 },
        { name: 'x', labels: {}, value: 6 },
      ],
    },
  ]);
});

test.each([
  ['1', 1], ['-1', -1], ['+1.5', 1.5], ['.5', 0.5], ['5.', 5], ['1e3', 1000], ['1E-3', 0.001], ['-0', -0],
  ['NaN', NaN], ['nan', NaN], ['Inf', Infinity], ['+Inf', Infinity], ['-Inf', -Infinity], ['-infinity', -Infinity],
])('%s is the number %d', (text, value) => {
  expect(parseMetrics(`x ${text}\n`)[0]?.samples[0]?.value).toBe(value);
}); // prettier-ignore

test('a label may be called as something that every object has', () => {
  const [family] = parseMetrics('x{__proto__="1",constructor="2"} 1\n');
  expect(Object.entries(family?.samples[0]?.labels ?? {})).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ]);
});

test.each([
  ['x 1', 'line 1: does not end with a newline: x 1'],
  ['x\n', 'line 1: is neither a sample nor metadata: x'],
  ['a 1\n1x 1\n', 'line 2: is neither a sample nor metadata: 1x 1'],
  ['x one\n', 'line 1: "one" is no number: x one'],
  ['x 0x10\n', 'line 1: "0x10" is no number: x 0x10'],
  ['x 1 2 3\n', 'line 1: is neither a sample nor metadata: x 1 2 3'],
  ['x 1 1.5\n', 'line 1: is neither a sample nor metadata: x 1 1.5'],
  ['x{a="1" 1\n', 'line 1: is neither a sample nor metadata: x{a="1" 1'],
  ['x{a="1} 1\n', 'line 1: is neither a sample nor metadata: x{a="1} 1'],
  ['x{a=1} 1\n', 'line 1: labels are wrong from "a=1" on: x{a=1} 1'],
  ['x{a="1" b="2"} 1\n', 'line 1: labels are wrong from "a=\\"1\\" b=\\"2\\"" on: x{a="1" b="2"} 1'],
  ['x{a="1",,} 1\n', 'line 1: labels are wrong from "," on: x{a="1",,} 1'],
  ['x{1a="1"} 1\n', 'line 1: labels are wrong from "1a=\\"1\\"" on: x{1a="1"} 1'],
  ['x{a="1",a="2"} 1\n', 'line 1: label a stands twice: x{a="1",a="2"} 1'],
  ['x{a="\\t"} 1\n', 'line 1: \\t is no escape sequence: x{a="\\t"} 1'],
  ['# HELP x a\\"b\n', 'line 1: \\" is no escape sequence: # HELP x a\\"b'],
  ['# HELP x a\\t\n', 'line 1: \\t is no escape sequence: # HELP x a\\t'],
  ['# HELP x a\\\n', 'line 1: \\ is no escape sequence: # HELP x a\\'],
  ['# HELP\n', 'line 1: is neither a sample nor metadata: # HELP'],
  ['# TYPE 1x gauge\n', 'line 1: is neither a sample nor metadata: # TYPE 1x gauge'],
  ['# TYPE x\n', 'line 1: "" is no type: # TYPE x'],
  ['# TYPE x info\n', 'line 1: "info" is no type: # TYPE x info'],
  ['# TYPE x toString\n', 'line 1: "toString" is no type: # TYPE x toString'],
  ['# TYPE x gauge\n# TYPE x gauge\n', 'line 2: TYPE of x stands twice: # TYPE x gauge'],
  ['# HELP x a\n# HELP x b\n', 'line 2: HELP of x stands twice: # HELP x b'],
  ['x 1\n# TYPE x gauge\n', 'line 2: TYPE of x stands after its samples: # TYPE x gauge'],
  ['x 1\ny 1\nx{a="1"} 1\n', 'line 3: x stands in two places: x{a="1"} 1'],
  ['# TYPE x histogram\ny 1\nx_sum 1\n', 'line 3: x_sum stands in two places: x_sum 1'],
  ['# TYPE x histogram\n# TYPE x_sum gauge\n', 'line 2: x_sum stands in two places: # TYPE x_sum gauge'],
  ['# TYPE x gauge\n# TYPE y gauge\n# HELP x a\n', 'line 3: x stands in two places: # HELP x a'],
  ['x{a="1",b="2"} 1\nx{b="2",a="1"} 2\n', 'line 2: the series stands twice: x{b="2",a="1"} 2'],
  ['# TYPE x histogram\nx_bucket 1\n', 'line 2: the label le is missing: x_bucket 1'],
  ['# TYPE x histogram\nx_bucket{le="many"} 1\n', 'line 2: "many" is no number: x_bucket{le="many"} 1'],
  ['# TYPE x histogram\nx_bucket{le="NaN"} 1\n', 'line 2: the label le is NaN: x_bucket{le="NaN"} 1'],
  ['# TYPE x summary\nx 1\n', 'line 2: the label quantile is missing: x 1'],
  ['"x" 1\n', 'line 1: is neither a sample nor metadata: "x" 1'],
  [' 1\n', 'line 1: is neither a sample nor metadata:  1'],
  ['{} 1\n', 'line 1: is neither a sample nor metadata: {} 1'],
  ['{""} 1\n', 'line 1: is neither a sample nor metadata: {""} 1'],
  ['{a="1"} 1\n', 'line 1: is neither a sample nor metadata: {a="1"} 1'],
  ['{a="1","x"} 1\n', 'line 1: is neither a sample nor metadata: {a="1","x"} 1'],
  ['{"x" a="1"} 1\n', 'line 1: is neither a sample nor metadata: {"x" a="1"} 1'],
  ['x{"y"} 1\n', 'line 1: labels are wrong from "\\"y\\"" on: x{"y"} 1'],
  ['x{""="1"} 1\n', 'line 1: labels are wrong from "\\"\\"=\\"1\\"" on: x{""="1"} 1'],
  ['x{a="1","a"="2"} 1\n', 'line 1: label a stands twice: x{a="1","a"="2"} 1'],
  ['x 1\n{"x"} 2\n', 'line 2: the series stands twice: {"x"} 2'],
  ['{"\\t"} 1\n', 'line 1: \\t is no escape sequence: {"\\t"} 1'],
  ['# TYPE x counter\nx 1 # {a="1"} 1\n', 'line 2: is neither a sample nor metadata: x 1 # {a="1"} 1'],
  ['# EOF\nx 1\n', 'line 2: stands after # EOF: x 1'],
])('%j is refused', (text, message) => {
  expect(() => parseMetrics(text)).toThrow(new Error(message));
});

/* In OpenMetrics, where less is allowed. */
test.each([
  ['\n', 'line 1: is neither a sample nor metadata: '],
  ['# a comment\n', 'line 1: is neither a sample nor metadata: # a comment'],
  ['#  TYPE x gauge\n', 'line 1: is neither a sample nor metadata: #  TYPE x gauge'],
  ['# HELP x\n', 'line 1: is neither a sample nor metadata: # HELP x'],
  ['# TYPE x untyped\n', 'line 1: "untyped" is no type: # TYPE x untyped'],
  ['# UNIT x seconds\n', 'line 1: x does not end in its unit: # UNIT x seconds'],
  ['x  1\n', 'line 1: is neither a sample nor metadata: x  1'],
  ['x{a="1"}1\n', 'line 1: is neither a sample nor metadata: x{a="1"}1'],
  ['x{a="1",} 1\n', 'line 1: labels are wrong from "a=\\"1\\"," on: x{a="1",} 1'],
  ['x{a = "1"} 1\n', 'line 1: labels are wrong from "a = \\"1\\"" on: x{a = "1"} 1'],
  ['x 1 # {a="1"}\n', 'line 1: is neither a sample nor metadata: x 1 # {a="1"}'],
  ['# TYPE x counter\nx_total 1 # {a="1"} one\n', 'line 2: "one" is no number: x_total 1 # {a="1"} one'],
  ['# TYPE x counter\nx_total 1 # {a=1} 1\n', 'line 2: labels are wrong from "a=1" on: x_total 1 # {a=1} 1'],
  ['x 1 # {a="1"} 1\n', 'line 1: an exemplar stands behind neither a counter nor a bucket: x 1 # {a="1"} 1'],
  ['# TYPE x counter\nx_created 1 # {} 1\n', 'line 2: an exemplar stands behind neither a counter nor a bucket: x_created 1 # {} 1'],
  ['# TYPE x histogram\nx_sum 1 # {} 1\n', 'line 2: an exemplar stands behind neither a counter nor a bucket: x_sum 1 # {} 1'],
  [
    `# TYPE x counter\nx_total 1 # {a="${'b'.repeat(128)}"} 1\n`,
    `line 2: the labels of the exemplar have 129 characters: x_total 1 # {a="${'b'.repeat(128)}"} 1`,
  ],
  ['{"x",} 1\n', 'line 1: is neither a sample nor metadata: {"x",} 1'],
  ['{"x", a="1"} 1\n', 'line 1: labels are wrong from " a=\\"1\\"" on: {"x", a="1"} 1'],
  ['# TYPE x stateset\nx{y="a"} 1\n', 'line 2: a state has no label x: x{y="a"} 1'],
  ['# TYPE x stateset\nx{x="a"} 2\n', 'line 2: a state is neither 0 nor 1: x{x="a"} 2'],
  ['# TYPE x info\nx_info 2\n', 'line 2: an info is not 1: x_info 2'],
  ['# TYPE x gaugehistogram\nx_bucket 2\n', 'line 2: the label le is missing: x_bucket 2'],
  ['# TYPE x counter\nx 1\n', 'line 2: x stands in two places: x 1'],
])('%j is refused in OpenMetrics', (text, message) => {
  expect(() => parseMetrics(`${text}# EOF\n`)).toThrow(new Error(message));
});
