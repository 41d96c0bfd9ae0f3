import { type Draft, draft } from './families.js';

const a1 = [['a', '1']] as const;
const exemplar = { labels: [['trace_id', 'KOO5S4vxi0o']], value: 0.67, timestamp: 1520879607.789 } as const;

/** What each format says of these stands in its own test, byte for byte. */
export const examples = {
  'a gauge, with two series': draft('gauge', 'warmth', {
    series: [{ labels: a1, value: 1.5 }, { labels: [['a', '2'], ['b', 'x']], value: -3 }],
  }),
  'a family without series': draft('gauge', 'silent', { series: [] }),
  'a counter': draft('counter', 'requests', { series: [{ labels: [], value: 3 }] }),
  'a counter with a unit, an exemplar and a beginning': draft('counter', 'busy_seconds', {
    unit: 'seconds',
    series: [{ labels: a1, value: 0.25, exemplar, created: 1520872607.123 }],
  }),
  'a unit that the name does not end in': draft('gauge', 'busy', { unit: 'seconds', series: [] }),
  'a histogram, with exemplars': draft('histogram', 'wait', {
    series: [
      { labels: [], buckets: [[0.005, 0], [1, 2], [1e6, 2]], sum: 7.5, count: 3, exemplars: { 1: exemplar, 3: { ...exemplar, labels: [] } }, created: 5 },
      { labels: a1, buckets: [[1, 0]], sum: 0, count: 0, created: 6.5 },
    ],
  }),
  'a summary': draft('summary', 'age', { series: [{ labels: a1, quantiles: [[0.5, 4], [1, NaN]], sum: 4, count: 1, created: 1e9 }] }),
  'an info': draft('info', 'build', { series: [{ labels: [['version', '1.2']], value: 1 }] }),
  'an enum': draft('enum', 'mode', { states: ['on', 'o"f'], series: [{ labels: [], state: 'o"f' }, { labels: a1, state: 'on' }] }),
  'an unknown': draft('unknown', 'odd', { series: [{ labels: [], value: Infinity }] }),
  'a name with a colon': draft('gauge', 'job:x:sum', { series: [{ labels: [['empty', '']], value: -0 }] }),
  'a help and a label that need escapes': draft('gauge', 'x', {
    help: 'a "b"\\\nc',
    series: [{ labels: [['l', 'a "b"\\\nc']], value: 1 }],
  }),
  'numbers at their limits': draft('gauge', 'n', {
    series: [5e-324, 1.7976931348623157e308, 0.1 + 0.2, 2 ** 53, 2 ** 64, NaN, -Infinity].map((value, index) => ({ labels: [['i', String(index)]], value })),
  }),
} satisfies Readonly<Record<string, Draft>>; // prettier-ignore

/** The same with names outside of the classic alphabet: a counter, a gauge, a histogram and an enum. */
export const wideExamples: readonly Draft[] = [
  draft('counter', 'http.requests', {
    series: [
      { labels: [['http.code', '200'], ['plain_label', 'x']], value: 1, exemplar: { labels: [['span.id', '7']], value: 1, timestamp: 2 } },
      { labels: [], value: 2 },
    ],
  }),
  draft('gauge', '1° "x"\\\n', { series: [{ labels: [['a:b', '']], value: 1 }] }),
  draft('histogram', 'wait.time', { series: [{ labels: [['ä', 'ä']], buckets: [[1, 0]], sum: 2, count: 1 }] }),
  draft('enum', 'mode.now', { states: ['on'], series: [{ labels: [], state: 'on' }] }),
]; // prettier-ignore
