import { Gauge } from '../../src/metrics/gauge.js';
import { seriesOf, valuesOf as familyValuesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const labelled = () => new Gauge(specOf({ name: 'temperature', type: 'gauge', labels: ['room', 'floor'] }));
const plain = () => new Gauge(specOf({ name: 'load', type: 'gauge' }));
const valuesOf = (gauge: Gauge) => familyValuesOf(gauge.takeFamily());

test('a gauge is set, raised and lowered, with labels or without', () => {
  const gauge = labelled();
  gauge.set({ room: 'a', floor: 1 }, 5);
  gauge.inc({ room: 'a', floor: '1' });
  gauge.inc({ room: 'a', floor: 1 }, 2);
  gauge.dec({ floor: 1, room: 'a' }, 0.5);
  gauge.dec({ room: 'b', floor: 1 });
  expect(valuesOf(gauge)).toEqual([
    [{ room: 'a', floor: '1' }, 7.5],
    [{ room: 'b', floor: '1' }, -1],
  ]);
  const load = plain();
  load.set(5);
  load.inc();
  load.dec(2);
  expect(valuesOf(load)).toEqual([[{}, 4]]);
  load.set({}, 7);
  load.inc({});
  expect(valuesOf(load)).toEqual([[{}, 8]]);
});

test.each([[plain], [labelled]])('a gauge has no sample until it is set (%#)', (create) => {
  const gauge = create();
  expect(seriesOf(gauge.takeFamily())).toEqual([]);
  gauge.labels(...(create === plain ? [] : ['a', 'b']));
  expect(seriesOf(gauge.takeFamily())).toEqual([]);
});

test.each([NaN, Infinity, -Infinity, -0])('a gauge can be set to %p', (value) => {
  const gauge = plain();
  gauge.set(value);
  expect(valuesOf(gauge)).toEqual([[{}, value]]);
});

test('the label values of a snapshot stand in declared order', () => {
  const gauge = labelled();
  gauge.set({ floor: 1, room: 'a' }, 5);
  expect(gauge.takeFamily()).toEqual({
    name: 'temperature',
    help: 'Help.',
    unit: undefined,
    type: 'gauge',
    blocks: [{ labels: ['room="a",floor="1"'], values: Float64Array.of(5) }],
  });
});

test('a snapshot does not change any more', () => {
  const gauge = plain();
  gauge.set(1);
  const family = gauge.takeFamily();
  gauge.set(2);
  expect(seriesOf(family)).toEqual([{ labels: [], value: 1 }]);
});

test('a kept child updates its series, also one that was removed or reset', () => {
  const gauge = labelled();
  const child = gauge.labels('a', 1);
  child.set(5);
  gauge.labels({ room: 'a', floor: '1' }).inc();
  child.dec(2);
  expect(valuesOf(gauge)).toEqual([[{ room: 'a', floor: '1' }, 4]]);
  gauge.remove('a', 1);
  expect(valuesOf(gauge)).toEqual([]);
  child.inc();
  expect(valuesOf(gauge)).toEqual([[{ room: 'a', floor: '1' }, 1]]);
  gauge.reset();
  gauge.set({ room: 'a', floor: 1 }, 8);
  child.inc();
  expect(valuesOf(gauge)).toEqual([[{ room: 'a', floor: '1' }, 9]]);
});

test('kept children find their series wherever the departure of others has moved it', () => {
  const gauge = new Gauge(specOf({ name: 'temperature', type: 'gauge', labels: ['room'] }));
  const rooms = Array.from({ length: 3_000 }, (_, room) => room);
  const children = rooms.map((room) => gauge.labels(room));
  for (const room of rooms) children[room]!.set(room);
  for (const room of rooms) if (room % 10 !== 0) gauge.remove(room);
  // Reading closes the gaps.
  expect(valuesOf(gauge)).toEqual(rooms.filter((room) => room % 10 === 0).map((room) => [{ room: String(room) }, room]));
  for (const room of rooms) if (room % 4 === 0) children[room]!.inc(room % 8 === 0 ? 5 : 7);
  const values = new Map(valuesOf(gauge).map(([labels, value]) => [Number((labels as { room: string }).room), value]));
  const expected = (room: number): number | undefined => {
    const [kept, added] = [room % 10 === 0 ? room : undefined, room % 4 === 0 ? (room % 8 === 0 ? 5 : 7) : undefined];
    return kept === undefined && added === undefined ? undefined : (kept ?? 0) + (added ?? 0);
  };
  expect(rooms.map((room) => values.get(room))).toEqual(rooms.map(expected));
});

test('removing takes one series, and none that is not there', () => {
  const gauge = labelled();
  gauge.set({ room: 'a', floor: 1 }, 5);
  gauge.set({ room: 'b', floor: 1 }, 6);
  gauge.remove({ room: 'a', floor: 1 });
  gauge.remove('a', 2);
  gauge.remove('c', 1);
  expect(valuesOf(gauge)).toEqual([[{ room: 'b', floor: '1' }, 6]]);
  const load = plain();
  load.set(1);
  load.remove();
  expect(valuesOf(load)).toEqual([]);
  load.inc();
  expect(valuesOf(load)).toEqual([[{}, 1]]);
});

describe('time', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_700_000_000_500 }));
  afterEach(() => void jest.useRealTimers());

  test('a gauge takes the time', () => {
    const [gauge, load] = [labelled(), plain()];
    gauge.setToCurrentTime({ room: 'a', floor: 1 });
    gauge.labels('b', 1).setToCurrentTime();
    load.setToCurrentTime();
    expect([...valuesOf(gauge), ...valuesOf(load)].map(([, value]) => value)).toEqual(Array(3).fill(1_700_000_000.5));
  });

  test('a gauge takes how long something lasted', () => {
    const [gauge, load] = [labelled(), plain()];
    const ends = [gauge.startTimer({ room: 'a', floor: 1 }), gauge.labels('b', 1).startTimer(), load.startTimer()];
    jest.advanceTimersByTime(1_500);
    expect(ends.map((end) => end())).toEqual([1.5, 1.5, 1.5]);
    expect([...valuesOf(gauge), ...valuesOf(load)].map(([, value]) => value)).toEqual([1.5, 1.5, 1.5]);
  });
});

test.each<[string, (gauge: Gauge, load: Gauge) => unknown, string]>([
  ['text', (_, load) => load.set('5'), 'load: value is "5". Give a number.'],
  ['nothing', (_, load) => load.set(), 'load: value is undefined. Give a number.'],
  ['bigint', (_, load) => load.set(5n), 'load: value is 5n. Give a number.'],
  ['null', (_, load) => load.set(null), 'load: value is null. Give a number.'],
  ['labels only', (_, load) => load.set({}), 'load: value is undefined. Give a number.'],
  ['boolean', (gauge) => gauge.set({ room: 'a', floor: 1 }, true), 'temperature: value is true. Give a number.'],
  ['list', (gauge) => gauge.set({ room: 'a', floor: 1 }, [5]), 'temperature: value is a list. Give a number.'],
  ['NaN to add', (_, load) => load.inc(NaN), 'load: value is NaN. Give a finite number.'],
  ['infinity to take', (_, load) => load.labels().dec(Infinity), 'load: value is Infinity. Give a finite number.'],
  ['null to add', (_, load) => load.inc(null), 'load: value is null. Give a finite number.'],
  ['two values', (_, load) => load.set(5, 6), 'load: got 6 after the value. It has no labels; give the value only.'],
])('an update by %s is refused', (_, update, message) => {
  const [gauge, load] = [labelled(), plain()];
  expect(failureOf(() => update(gauge, load))).toBe(`ScrapeError INVALID_UPDATE ${message}`);
  expect([...valuesOf(gauge), ...valuesOf(load)]).toEqual([]);
});

test.each<[string, (gauge: Gauge, load: Gauge) => unknown]>([
  ['set', (gauge) => gauge.set(5)],
  ['set with a text', (gauge) => gauge.set('a', 5)],
  ['inc', (gauge) => gauge.inc()],
  ['dec', (gauge) => gauge.dec({ room: 'a' })],
  ['setToCurrentTime', (gauge) => gauge.setToCurrentTime()],
  ['startTimer', (gauge) => gauge.startTimer({ room: 'a' })],
  ['labels', (gauge) => gauge.labels('a')],
  ['remove', (gauge) => gauge.remove('a')],
  ['set with labels too many', (_, load) => load.set({ a: 1 }, 5)],
  ['setToCurrentTime with a value', (_, load) => load.setToCurrentTime(5)],
])('%s with wrong labels is refused', (_, update) => {
  const [gauge, load] = [labelled(), plain()];
  expect(failureOf(() => update(gauge, load))).toMatch(/^ScrapeError INVALID_LABELS (?:temperature|load): /);
  expect([...valuesOf(gauge), ...valuesOf(load)]).toEqual([]);
});
