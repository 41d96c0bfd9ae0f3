import type { Outcome } from '../../src/scrape/collector.js';
import { CollectorFamilies } from '../../src/scrape/collector-families.js';
import { collectorSpec } from './collector-spec.js';

const outcome = (name: string, some: Partial<Outcome> = {}): Outcome => ({
  spec: collectorSpec({ name }),
  end: 'success',
  isKept: false,
  durationSeconds: 0.5,
  lastSuccess: 1_700_000_000,
  ...some,
});

test('each collector has a success, a duration and the time of its last success', () => {
  const families = new CollectorFamilies('x_scrape_collector_').make([
    outcome('a'),
    outcome('b', { end: 'late', lastSuccess: undefined }),
    outcome('c', { end: 'nothing', durationSeconds: undefined }),
  ]);
  const told = families.map(({ name, type, unit, blocks }) => [
    name,
    type,
    unit,
    ...blocks.flatMap(({ labels, values }) => labels.map((text, row) => `${text} ${values[row]}`)),
  ]);
  expect(told).toEqual([
    ['x_scrape_collector_success', 'gauge', undefined, 'collector="a" 1', 'collector="b" 0', 'collector="c" 0'],
    ['x_scrape_collector_duration_seconds', 'gauge', 'seconds', 'collector="a" 0.5', 'collector="b" 0.5'],
    ['x_scrape_collector_last_success_timestamp_seconds', 'gauge', 'seconds', 'collector="a" 1700000000', 'collector="c" 1700000000'],
  ]);
});

test('without collectors there is nothing to tell', () => {
  expect(new CollectorFamilies('x_').make([])).toEqual([]);
});

test('what says the same as before is the same object', () => {
  const families = new CollectorFamilies('x_');
  const before = families.make([outcome('a'), outcome('b')]);
  const same = families.make([outcome('a'), outcome('b')]);
  expect(same.map((family, place) => family === before[place])).toEqual([true, true, true]);
  const slower = families.make([outcome('a'), outcome('b', { durationSeconds: 2 })]);
  expect(slower.map((family, place) => family === same[place])).toEqual([true, false, true]);
  const fewer = families.make([outcome('a')]);
  expect(fewer.map((family, place) => family === slower[place])).toEqual([false, false, false]);
});
