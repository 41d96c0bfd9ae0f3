import { Info } from '../../src/metrics/info.js';
import { seriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const build = () => new Info(specOf({ name: 'build', type: 'info', labels: ['version'] }));

test('an info says what is so with a 1, once for each set of labels', () => {
  const info = build();
  expect(seriesOf(info.takeFamily())).toEqual([]);
  info.info({ version: '1' });
  info.info({ version: '2' });
  info.info({ version: '1' });
  expect(info.name).toBe('build_info');
  expect(info.takeFamily()).toMatchObject({ name: 'build', type: 'info' });
  expect(seriesOf(info.takeFamily())).toEqual([
    { labels: [['version', '1']], value: 1 },
    { labels: [['version', '2']], value: 1 },
  ]);
});

test('facts are taken away by remove and reset', () => {
  const info = build();
  info.info({ version: '1' });
  info.info({ version: '2' });
  info.remove({ version: '1' });
  expect(seriesOf(info.takeFamily())).toHaveLength(1);
  info.reset();
  expect(seriesOf(info.takeFamily())).toEqual([]);
});

test.each([{}, undefined, { version: 1, extra: 2 }, { version: null }, 'x'])('wrong facts are refused (%p)', (labels) => {
  expect(failureOf(() => build().info(labels))).toMatch(/^ScrapeError INVALID_LABELS build_info: /);
});

test.each(['set', 'inc', 'dec', 'setToCurrentTime', 'startTimer', 'labels'] as const)('an info refuses what gauges have: %s', (method) => {
  expect(failureOf(() => build()[method]())).toBe(
    `ScrapeError INVALID_UPDATE build_info: a metric of type info does not have ${method}(). Use info(labels).`,
  );
});
