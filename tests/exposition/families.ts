import type { MetricFamily } from '../../src/model/metric-family.js';

type Typed<Type extends MetricFamily['type']> = Extract<MetricFamily, { readonly type: Type }>;

/** A family without help or unit, unless given. */
export function family<Type extends MetricFamily['type']>(
  type: Type,
  name: string,
  rest: Omit<Typed<Type>, 'type' | 'name' | 'help' | 'unit'> & Partial<Typed<Type>>,
): MetricFamily {
  return { name, help: `The ${name}.`, unit: undefined, type, ...rest } as unknown as MetricFamily;
}

export const nastyText = 'a "b" \\ c\n{d="e"} # f, }g=\\n\t\u00e9\u2028😀';

/** One family of each type, with all that is hard to write. */
export const nastyFamilies: readonly MetricFamily[] = [
  family('gauge', 'warmth_celsius', {
    help: nastyText,
    unit: 'celsius',
    series: [
      { labels: [], value: NaN },
      { labels: [['place', nastyText]], value: -0.1 },
      { labels: [['place', '']], value: Infinity },
      { labels: [['place', '\\']], value: -Infinity },
      { labels: [['place', '"'], ['other', '\n']], value: 1e-320 },
      { labels: [['place', ','], ['other', '=']], value: 123456789012345680000 },
    ],
  }),
  family('counter', 'http_requests', { series: [{ labels: [['code', '200']], value: 1e21 }] }),
  family('counter', 'never_counted_seconds', { unit: 'seconds', series: [] }),
  family('histogram', 'wait_seconds', {
    unit: 'seconds',
    series: [
      { labels: [], buckets: [[0, 0], [0.005, 1], [1, 2], [1e6, 2], [Infinity, 3]], sum: 2.5e6, count: 3 },
      { labels: [['le_', nastyText]], buckets: [[Infinity, 0]], sum: 0, count: 0 },
    ],
  }),
  family('summary', 'age', {
    series: [
      { labels: [['kind', nastyText]], quantiles: [[0.5, 4], [0.99, NaN], [1, 5]], sum: 9, count: 2 },
      { labels: [], quantiles: [], sum: 0, count: 0 },
    ],
  }),
  family('info', 'build', { series: [{ labels: [['version', '1.2.3'], ['branch', nastyText]], value: 1 }] }),
  family('enum', 'mode', {
    states: ['on', 'off', nastyText],
    series: [
      { labels: [], state: 'off' },
      { labels: [['lamp', '"']], state: nastyText },
    ],
  }),
  family('unknown', 'odd_value', { help: '', series: [{ labels: [], value: 0 }] }),
]; // prettier-ignore
