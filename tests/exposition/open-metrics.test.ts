import { escapings } from '../../src/exposition/escape-name.js';
import { openMetrics001, openMetrics100 } from '../../src/exposition/open-metrics.js';
import { examples, wideExamples } from './examples.js';
import { family, toFamily } from './families.js';
import { encode } from './read-formats.js';

test('the Content-Types are spelled as Prometheus does', () => {
  expect(openMetrics001.contentType('underscores')).toBe('application/openmetrics-text; version=0.0.1; charset=utf-8');
  expect(openMetrics100.contentType('values')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=values');
});

test('version 0.0.1 has no quoted names, version 1.0.0 has all escapings', () => {
  expect(openMetrics001.escapings).toEqual(['underscores', 'dots', 'values']);
  expect(openMetrics100.escapings).toEqual(escapings);
});

test('nothing is its end', () => {
  expect(encode(openMetrics100, []).toString()).toBe('# EOF\n');
});

/** Without the end. */
const expected: Readonly<Record<keyof typeof examples, string>> = {
  'a gauge, with two series': '# TYPE warmth gauge\n# HELP warmth The warmth.\nwarmth{a="1"} 1.5\nwarmth{a="2",b="x"} -3\n',
  'a family without series': '# TYPE silent gauge\n# HELP silent The silent.\n',
  'a counter': '# TYPE requests counter\n# HELP requests The requests.\nrequests_total 3\n',
  'a counter with a unit, an exemplar and a beginning': `# TYPE busy_seconds counter
# UNIT busy_seconds seconds
# HELP busy_seconds The busy_seconds.
busy_seconds_total{a="1"} 0.25 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
busy_seconds_created{a="1"} 1520872607.123
`,
  'a unit that the name does not end in': '# TYPE busy gauge\n# HELP busy The busy.\n',
  'a histogram, with exemplars': `# TYPE wait histogram
# HELP wait The wait.
wait_bucket{le="0.005"} 0
wait_bucket{le="1.0"} 2 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
wait_bucket{le="1e+06"} 2
wait_bucket{le="+Inf"} 3 # {} 0.67 1520879607.789
wait_sum 7.5
wait_count 3
wait_created 5
wait_bucket{a="1",le="1.0"} 0
wait_bucket{a="1",le="+Inf"} 0
wait_sum{a="1"} 0
wait_count{a="1"} 0
wait_created{a="1"} 6.5
`,
  'a summary':
    '# TYPE age summary\n# HELP age The age.\nage{a="1",quantile="0.5"} 4\nage{a="1",quantile="1.0"} NaN\nage_sum{a="1"} 4\nage_count{a="1"} 1\nage_created{a="1"} 1000000000\n',
  'an info': '# TYPE build info\n# HELP build The build.\nbuild_info{version="1.2"} 1\n',
  'an enum': `# TYPE mode stateset
# HELP mode The mode.
mode{mode="on"} 0
mode{mode="o\\"f"} 1
mode{a="1",mode="on"} 1
mode{a="1",mode="o\\"f"} 0
`,
  'an unknown': '# TYPE odd unknown\n# HELP odd The odd.\nodd +Inf\n',
  'a name with a colon': '# TYPE job:x:sum gauge\n# HELP job:x:sum The job:x:sum.\njob:x:sum{empty=""} -0\n',
  'a help and a label that need escapes': '# TYPE x gauge\n# HELP x a \\"b\\"\\\\\\nc\nx{l="a \\"b\\"\\\\\\nc"} 1\n',
  'numbers at their limits': `# TYPE n gauge
# HELP n The n.
n{i="0"} 5e-324
n{i="1"} 1.7976931348623157e+308
n{i="2"} 0.30000000000000004
n{i="3"} 9007199254740992
n{i="4"} 18446744073709552000
n{i="5"} NaN
n{i="6"} -Inf
`,
};

test.each(Object.entries(expected))('%s', (name, text) => {
  const families = [toFamily(examples[name as keyof typeof examples])];
  expect(encode(openMetrics100, families).toString()).toBe(`${text}# EOF\n`);
  expect(encode(openMetrics001, families).toString()).toBe(`${text}# EOF\n`);
  expect(encode(openMetrics100, families, 'allow-utf-8').toString()).toBe(`${text}# EOF\n`);
});

const wide = wideExamples.map((one) => toFamily(one));

test('names outside of the classic alphabet are quoted, and stand in the braces', () => {
  expect(encode(openMetrics100, wide, 'allow-utf-8').toString()).toBe(`# TYPE "http.requests" counter
# HELP "http.requests" The http.requests.
{"http.requests_total","http.code"="200",plain_label="x"} 1 # {"span.id"="7"} 1 2
{"http.requests_total"} 2
# TYPE "1° \\"x\\"\\\\\\n" gauge
# HELP "1° \\"x\\"\\\\\\n" The 1° \\"x\\"\\\\\\n.
{"1° \\"x\\"\\\\\\n","a:b"=""} 1
# TYPE "wait.time" histogram
# HELP "wait.time" The wait.time.
{"wait.time_bucket","ä"="ä",le="1.0"} 0
{"wait.time_bucket","ä"="ä",le="+Inf"} 1
{"wait.time_sum","ä"="ä"} 2
{"wait.time_count","ä"="ä"} 1
# TYPE "mode.now" stateset
# HELP "mode.now" The mode.now.
{"mode.now","mode.now"="on"} 1
# EOF
`);
});

test.each([
  ['underscores', 'http_requests', 'http_requests_total{http_code="200",plain_label="x"} 1 # {span_id="7"} 1 2'],
  ['dots', 'http_dot_requests_', 'http_dot_requests__total{http_dot_code="200",plain_label="x"} 1 # {span_dot_id="7"} 1 2'],
  ['values', 'U__http_2e_requests_', 'U__http_2e_requests__total{U__http_2e_code="200",plain_label="x"} 1 # {U__span_2e_id="7"} 1 2'],
] as const)('%s: the family is called as its samples are', (escaping, name, sample) => {
  const lines = encode(openMetrics001, wide, escaping).toString().split('\n');
  expect(lines.slice(0, 3)).toEqual([`# TYPE ${name} counter`, `# HELP ${name} The http.requests.`, sample]);
});

test('what tools look for in exemplars has its name in every escaping', () => {
  const one = toFamily(examples['a counter with a unit, an exemplar and a beginning']);
  expect(encode(openMetrics100, [one], 'dots').toString()).toContain('# {trace_id="KOO5S4vxi0o"} 0.67');
});

test('an exemplar may have more than ASCII', () => {
  const exemplar = { labels: [['town', 'Köln']], value: 1, timestamp: 2 } as const;
  const one = family('counter', 'x', { series: [{ labels: [], value: 1, exemplar }] });
  expect(encode(openMetrics100, [one]).includes(Buffer.from('# {town="Köln"} 1 2\n'))).toBe(true);
});

test('when series of a wide name began has such a name as well', () => {
  const one = family('summary', 'a.b', { series: [{ labels: [['x', '1']], quantiles: [], sum: 0, count: 0, created: 7 }] });
  expect(encode(openMetrics100, [one], 'allow-utf-8').toString()).toContain('\n{"a.b_created",x="1"} 7\n');
});

test('gauges do not tell when they began', () => {
  const one = family('gauge', 'x', { series: [{ labels: [], value: 1, created: 7 }] });
  expect(encode(openMetrics100, [one]).toString()).not.toContain('created');
});
