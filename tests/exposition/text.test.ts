import { escapings } from '../../src/exposition/escape-name.js';
import { text004, text100 } from '../../src/exposition/text.js';
import { examples, wideExamples } from './examples.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { draft, family, toFamily } from './families.js';
import { encode } from './read-formats.js';

test('the Content-Types are spelled as Prometheus does', () => {
  expect(text004.contentType('underscores')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text100.contentType('allow-utf-8')).toBe('text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8');
});

test('version 0.0.4 has no quoted names, version 1.0.0 has all escapings', () => {
  expect(text004.escapings).toEqual(['underscores', 'dots', 'values']);
  expect(text100.escapings).toEqual(escapings);
});

test('nothing is an empty text', () => {
  expect(encode(text004, []).toString()).toBe('');
});

const expected: Readonly<Record<keyof typeof examples, string>> = {
  'a gauge, with two series': '# HELP warmth The warmth.\n# TYPE warmth gauge\nwarmth{a="1"} 1.5\nwarmth{a="2",b="x"} -3\n',
  'a family without series': '# HELP silent The silent.\n# TYPE silent gauge\n',
  'a counter': '# HELP requests_total The requests.\n# TYPE requests_total counter\nrequests_total 3\n',
  'a counter with a unit, an exemplar and a beginning':
    '# HELP busy_seconds_total The busy_seconds.\n# TYPE busy_seconds_total counter\nbusy_seconds_total{a="1"} 0.25\n',
  'a unit that the name does not end in': '# HELP busy The busy.\n# TYPE busy gauge\n',
  'a histogram, with exemplars': `# HELP wait The wait.
# TYPE wait histogram
wait_bucket{le="0.005"} 0
wait_bucket{le="1.0"} 2
wait_bucket{le="1e+06"} 2
wait_bucket{le="+Inf"} 3
wait_sum 7.5
wait_count 3
wait_bucket{a="1",le="1.0"} 0
wait_bucket{a="1",le="+Inf"} 0
wait_sum{a="1"} 0
wait_count{a="1"} 0
`,
  'a summary':
    '# HELP age The age.\n# TYPE age summary\nage{a="1",quantile="0.5"} 4\nage{a="1",quantile="1.0"} NaN\nage_sum{a="1"} 4\nage_count{a="1"} 1\n',
  'an info': '# HELP build_info The build.\n# TYPE build_info gauge\nbuild_info{version="1.2"} 1\n',
  'an enum': `# HELP mode The mode.
# TYPE mode gauge
mode{mode="on"} 0
mode{mode="o\\"f"} 1
mode{a="1",mode="on"} 1
mode{a="1",mode="o\\"f"} 0
`,
  'an unknown': '# HELP odd The odd.\n# TYPE odd untyped\nodd +Inf\n',
  'a name with a colon': '# HELP job:x:sum The job:x:sum.\n# TYPE job:x:sum gauge\njob:x:sum{empty=""} -0\n',
  'a help and a label that need escapes': '# HELP x a "b"\\\\\\nc\n# TYPE x gauge\nx{l="a \\"b\\"\\\\\\nc"} 1\n',
  'numbers at their limits': `# HELP n The n.
# TYPE n gauge
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
  expect(encode(text004, families, 'underscores').toString()).toBe(text);
  expect(encode(text100, families, 'underscores').toString()).toBe(text);
  expect(encode(text100, families, 'allow-utf-8').toString()).toBe(text);
});

const wide = wideExamples.map((one) => toFamily(one));

test('names outside of the classic alphabet are quoted, and stand in the braces', () => {
  expect(encode(text100, wide, 'allow-utf-8').toString()).toBe(`# HELP "http.requests_total" The http.requests.
# TYPE "http.requests_total" counter
{"http.requests_total","http.code"="200",plain_label="x"} 1
{"http.requests_total"} 2
# HELP "1° \\"x\\"\\\\\\n" The 1° "x"\\\\\\n.
# TYPE "1° \\"x\\"\\\\\\n" gauge
{"1° \\"x\\"\\\\\\n","a:b"=""} 1
# HELP "wait.time" The wait.time.
# TYPE "wait.time" histogram
{"wait.time_bucket","ä"="ä",le="1.0"} 0
{"wait.time_bucket","ä"="ä",le="+Inf"} 1
{"wait.time_sum","ä"="ä"} 2
{"wait.time_count","ä"="ä"} 1
# HELP "mode.now" The mode.now.
# TYPE "mode.now" gauge
{"mode.now","mode.now"="on"} 1
`);
});

test.each([text004, text100])('underscores: they are made classic ($parameters.version)', (format) => {
  expect(encode(format, wide, 'underscores').toString()).toBe(`# HELP http_requests_total The http.requests.
# TYPE http_requests_total counter
http_requests_total{http_code="200",plain_label="x"} 1
http_requests_total 2
# HELP ____x___ The 1° "x"\\\\\\n.
# TYPE ____x___ gauge
____x___{a_b=""} 1
# HELP wait_time The wait.time.
# TYPE wait_time histogram
wait_time_bucket{_="ä",le="1.0"} 0
wait_time_bucket{_="ä",le="+Inf"} 1
wait_time_sum{_="ä"} 2
wait_time_count{_="ä"} 1
# HELP mode_now The mode.now.
# TYPE mode_now gauge
mode_now{mode_now="on"} 1
`);
});

test.each([text004, text100])('dots: those can be told from underscores ($parameters.version)', (format) => {
  expect(encode(format, wide, 'dots').toString()).toBe(`# HELP http_dot_requests__total The http.requests.
# TYPE http_dot_requests__total counter
http_dot_requests__total{http_dot_code="200",plain_label="x"} 1
http_dot_requests__total 2
# HELP ________x______ The 1° "x"\\\\\\n.
# TYPE ________x______ gauge
________x______{a__b=""} 1
# HELP wait_dot_time The wait.time.
# TYPE wait_dot_time histogram
wait_dot_time_bucket{__="ä",le="1.0"} 0
wait_dot_time_bucket{__="ä",le="+Inf"} 1
wait_dot_time_sum{__="ä"} 2
wait_dot_time_count{__="ä"} 1
# HELP mode_dot_now The mode.now.
# TYPE mode_dot_now gauge
mode_dot_now{mode_dot_now="on"} 1
`);
});

test.each([text004, text100])('values: every character can be told ($parameters.version)', (format) => {
  expect(encode(format, wide, 'values').toString()).toBe(`# HELP U__http_2e_requests__total The http.requests.
# TYPE U__http_2e_requests__total counter
U__http_2e_requests__total{U__http_2e_code="200",plain_label="x"} 1
U__http_2e_requests__total 2
# HELP U___31__b0__20__22_x_22__5c__a_ The 1° "x"\\\\\\n.
# TYPE U___31__b0__20__22_x_22__5c__a_ gauge
U___31__b0__20__22_x_22__5c__a_{U__a_3a_b=""} 1
# HELP U__wait_2e_time The wait.time.
# TYPE U__wait_2e_time histogram
U__wait_2e_time_bucket{U___e4_="ä",le="1.0"} 0
U__wait_2e_time_bucket{U___e4_="ä",le="+Inf"} 1
U__wait_2e_time_sum{U___e4_="ä"} 2
U__wait_2e_time_count{U___e4_="ä"} 1
# HELP U__mode_2e_now The mode.now.
# TYPE U__mode_2e_now gauge
U__mode_2e_now{U__mode_2e_now="on"} 1
`);
});

const one = [{ labels: [], value: 1 }];
test.each<[place: string, families: readonly MetricFamily[], text: string]>([
  ['the help', [family('gauge', 'x', { help: 'Köln 😀', series: [] })], 'Köln 😀'],
  ['the name, in the first block', [family('gauge', 'größe', { series: one })], '{"größe"} 1\n'],
  ['the name, in a later block', [toFamily(draft('gauge', 'größe', { series: [...one, ...one] }), 1)], '{"größe"} 1\n{"größe"} 1\n'],
  ['a label', [family('gauge', 'x', { series: [{ labels: [['a', 'Köln']], value: 1 }] })], 'x{a="Köln"} 1\n'],
  ['a state', [family('enum', 'x', { states: ['größer'], series: [{ labels: [], state: 'größer' }] })], 'x{x="größer"} 1\n'],
])('what is not ASCII is UTF-8: %s', (_place, families, text) => {
  expect(encode(text100, families, 'allow-utf-8').includes(Buffer.from(text))).toBe(true);
});

test('many samples come out whole, each once', () => {
  const series = Array.from({ length: 5_000 }, (_, index) => ({ labels: [['ü', `😀${index}`]] as const, value: index }));
  const text = encode(text100, [family('gauge', 'x', { series })], 'allow-utf-8').toString();
  expect(text.split('\n').slice(2, -1)).toEqual(series.map(({ value }) => `x{"ü"="😀${value}"} ${value}`));
});
