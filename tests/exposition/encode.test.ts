import { openMetricsEncoder } from '../../src/exposition/open-metrics.js';
import { textEncoder } from '../../src/exposition/text.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { family } from './families.js';

const text = (families: readonly MetricFamily[]): string => textEncoder.encode(families).toString();
const openMetrics = (families: readonly MetricFamily[]): string => openMetricsEncoder.encode(families).toString();

test('the Content-Types are spelled as Prometheus does', () => {
  expect([textEncoder, openMetricsEncoder].map(({ contentType }) => contentType)).toEqual([
    'text/plain; version=0.0.4; charset=utf-8',
    'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
  ]);
});

test('nothing is an empty text, and in OpenMetrics its end', () => {
  expect(text([])).toBe('');
  expect(openMetrics([])).toBe('# EOF\n');
});

interface Case {
  readonly family: MetricFamily;
  readonly text: string;
  /** Without the end. */
  readonly openMetrics: string;
}

const a1 = [['a', '1']] as const;

const cases: Readonly<Record<string, Case>> = {
  'a gauge, with two series': {
    family: family('gauge', 'warmth', { series: [{ labels: a1, value: 1.5 }, { labels: [['a', '2'], ['b', 'x']], value: -3 }] }),
    text: '# HELP warmth The warmth.\n# TYPE warmth gauge\nwarmth{a="1"} 1.5\nwarmth{a="2",b="x"} -3\n',
    openMetrics: '# TYPE warmth gauge\n# HELP warmth The warmth.\nwarmth{a="1"} 1.5\nwarmth{a="2",b="x"} -3\n',
  },
  'a family without series': {
    family: family('gauge', 'silent', { series: [] }),
    text: '# HELP silent The silent.\n# TYPE silent gauge\n',
    openMetrics: '# TYPE silent gauge\n# HELP silent The silent.\n',
  },
  'a counter, whose name has no _total in OpenMetrics': {
    family: family('counter', 'requests', { series: [{ labels: [], value: 3 }] }),
    text: '# HELP requests_total The requests.\n# TYPE requests_total counter\nrequests_total 3\n',
    openMetrics: '# TYPE requests counter\n# HELP requests The requests.\nrequests_total 3\n',
  },
  'a counter with a unit': {
    family: family('counter', 'busy_seconds', { unit: 'seconds', series: [{ labels: [], value: 0.25 }] }),
    text: '# HELP busy_seconds_total The busy_seconds.\n# TYPE busy_seconds_total counter\nbusy_seconds_total 0.25\n',
    openMetrics: '# TYPE busy_seconds counter\n# UNIT busy_seconds seconds\n# HELP busy_seconds The busy_seconds.\nbusy_seconds_total 0.25\n',
  },
  'a unit that the name does not end in, which is not told': {
    family: family('gauge', 'busy', { unit: 'seconds', series: [] }),
    text: '# HELP busy The busy.\n# TYPE busy gauge\n',
    openMetrics: '# TYPE busy gauge\n# HELP busy The busy.\n',
  },
  'a histogram, its series one after the other and its bounds canonical': {
    family: family('histogram', 'wait', {
      series: [
        { labels: [], buckets: [[0.005, 0], [1, 2], [1e6, 2], [Infinity, 3]], sum: 7.5, count: 3 },
        { labels: a1, buckets: [[1, 0], [Infinity, 0]], sum: 0, count: 0 },
      ],
    }),
    text: `# HELP wait The wait.
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
    openMetrics: `# TYPE wait histogram
# HELP wait The wait.
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
  },
  'a summary': {
    family: family('summary', 'age', { series: [{ labels: a1, quantiles: [[0.5, 4], [1, NaN]], sum: 4, count: 1 }] }),
    text: '# HELP age The age.\n# TYPE age summary\nage{a="1",quantile="0.5"} 4\nage{a="1",quantile="1.0"} NaN\nage_sum{a="1"} 4\nage_count{a="1"} 1\n',
    openMetrics:
      '# TYPE age summary\n# HELP age The age.\nage{a="1",quantile="0.5"} 4\nage{a="1",quantile="1.0"} NaN\nage_sum{a="1"} 4\nage_count{a="1"} 1\n',
  },
  'an info, which text format calls a gauge': {
    family: family('info', 'build', { series: [{ labels: [['version', '1.2']], value: 1 }] }),
    text: '# HELP build_info The build.\n# TYPE build_info gauge\nbuild_info{version="1.2"} 1\n',
    openMetrics: '# TYPE build info\n# HELP build The build.\nbuild_info{version="1.2"} 1\n',
  },
  'an enum, which text format calls a gauge': {
    family: family('enum', 'mode', { states: ['on', 'o"f'], series: [{ labels: [], state: 'o"f' }, { labels: a1, state: 'on' }] }),
    text: `# HELP mode The mode.
# TYPE mode gauge
mode{mode="on"} 0
mode{mode="o\\"f"} 1
mode{a="1",mode="on"} 1
mode{a="1",mode="o\\"f"} 0
`,
    openMetrics: `# TYPE mode stateset
# HELP mode The mode.
mode{mode="on"} 0
mode{mode="o\\"f"} 1
mode{a="1",mode="on"} 1
mode{a="1",mode="o\\"f"} 0
`,
  },
  'an unknown, which text format calls untyped': {
    family: family('unknown', 'odd', { series: [{ labels: [], value: Infinity }] }),
    text: '# HELP odd The odd.\n# TYPE odd untyped\nodd +Inf\n',
    openMetrics: '# TYPE odd unknown\n# HELP odd The odd.\nodd +Inf\n',
  },
  'a help and a label that need escapes': {
    family: family('gauge', 'x', { help: 'a "b"\\\nc', series: [{ labels: [['l', 'a "b"\\\nc']], value: 1 }] }),
    text: '# HELP x a "b"\\\\\\nc\n# TYPE x gauge\nx{l="a \\"b\\"\\\\\\nc"} 1\n',
    openMetrics: '# TYPE x gauge\n# HELP x a \\"b\\"\\\\\\nc\nx{l="a \\"b\\"\\\\\\nc"} 1\n',
  },
}; // prettier-ignore

test.each(Object.entries(cases))('%s', (_name, { family: one, ...expected }) => {
  expect(text([one])).toBe(expected.text);
  expect(openMetrics([one])).toBe(`${expected.openMetrics}# EOF\n`);
});

test('text becomes UTF-8', () => {
  const families = [family('gauge', 'x', { help: 'Köln 😀', series: [] })];
  expect(textEncoder.encode(families).includes(Buffer.from('Köln 😀', 'utf8'))).toBe(true);
});

test('many samples come out whole, each once', () => {
  const series = Array.from({ length: 5_000 }, (_, index) => ({ labels: [['ü', `😀${index}`]] as const, value: index }));
  const lines = text([family('gauge', 'x', { series })])
    .split('\n')
    .slice(2, -1);
  expect(lines).toEqual(series.map(({ value }) => `x{ü="😀${value}"} ${value}`));
});
