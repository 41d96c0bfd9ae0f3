import fc from 'fast-check';
import { CallScope } from '../../src/metrics/call.js';
import type { Row } from '../../src/metrics/row.js';
import { SeriesTable } from '../../src/metrics/series-table.js';
import { ownerOf } from './owner-of.js';
import { parseLabels } from '../../src/model/labels.js';

const tableOf = (labelNames: readonly string[], width = 1) =>
  new SeriesTable({ labelNames, width, hasCreated: false, name: 'm', keepsStale: false });
const labelsIn = (table: SeriesTable) => table.take().flatMap(({ labels }) => labels);
const valuesIn = (table: SeriesTable) => labelsIn(table).map((labels) => parseLabels(labels).map(([, value]) => value));

/** A table without a limit has room for each series. */
function obtain(table: SeriesTable, values: readonly string[]): Row {
  const row = table.obtain(values, undefined);
  if (row === undefined) throw new Error('no room');
  return row;
}

function set(table: SeriesTable, values: readonly string[], value = 1): Row {
  const row = obtain(table, values);
  row.set(value, undefined);
  return row;
}

test('a series is created once and found again', () => {
  const table = tableOf(['a', 'b']);
  const row = set(table, ['x', 'y']);
  expect([table.obtain(['x', 'y'], undefined), table.get(['x', 'y']), table.find({ b: 'y', a: 'x' })]).toEqual([row, row, row]);
  expect(table.obtain(['y', 'x'], undefined)).not.toBe(row);
  expect(labelsIn(table)).toEqual(['a="x",b="y"']);
});

test('a metric without labels has one series', () => {
  const table = tableOf([]);
  expect([table.get([]), table.find({})]).toEqual([undefined, undefined]);
  const row = set(table, []);
  expect([table.obtain([], undefined), table.get([])]).toEqual([row, row]);
  expect(table.take()).toMatchObject([{ labels: [''], values: Float64Array.of(1) }]);
  row.remove();
  expect([table.get([]), table.take()]).toEqual([undefined, []]);
});

test('a removed series knows that it is gone, and comes back as another at the end', () => {
  const table = tableOf(['a']);
  const [one, other] = [set(table, ['1']), set(table, ['2'])];
  one.remove();
  one.remove();
  expect([one.isStored, other.isStored, table.get(['1'])]).toEqual([false, true, undefined]);
  expect(set(table, ['1'])).not.toBe(one);
  expect(valuesIn(table)).toEqual([['2'], ['1']]);
});

test.each([0, 1])('a series that a record removes when it is read is not found by it (%#)', (step) => {
  const table = tableOf(['a']);
  for (const value of ['0', '1', '2']) set(table, [value]);
  for (let place = 0; place < 2; place++) table.find({ a: String(place * step) });
  const value = String(2 * step);
  const record = {
    get a() {
      table.get([value])?.remove();
      return value;
    },
  };
  expect(table.find(record)).toBeUndefined();
  expect(table.get([value])).toBeUndefined();
});

test('what is told of blocks that have not changed is the same object', () => {
  const table = tableOf(['a']);
  for (let place = 0; place < 3_000; place++) set(table, [String(place)]);
  const before = table.take();
  expect(before.map(({ labels }) => labels.length)).toEqual([1_024, 1_024, 952]);
  set(table, ['1500'], 7);
  const after = table.take();
  expect(after.map((content, place) => content === before[place])).toEqual([true, false, true]);
});

test('series that are wide stand in smaller blocks', () => {
  const table = tableOf(['a'], 200);
  for (let place = 0; place < 40; place++) set(table, [String(place)]);
  expect(table.take().map(({ labels }) => labels.length)).toEqual([16, 16, 8]);
});

test('what happens to a table is what happens to a map with injective keys, also across blocks', () => {
  const values = fc.tuple(fc.constantFrom('', 'a', 'a,b', '"\\\n', '__proto__'), fc.nat(20).map(String));
  const step = fc.record({ isSet: fc.boolean(), values, isRead: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      // Sixteen rows a block.
      const table = tableOf(['a', 'b'], 100);
      const model = new Map<string, readonly [values: readonly string[], place: number]>();
      steps.forEach(({ isSet, values: one, isRead }, place) => {
        const key = JSON.stringify(one);
        if (isSet) {
          const row = obtain(table, one);
          row.block.markSet(row.index);
          row.block.values.fill(place, row.index * 100, (row.index + 1) * 100);
          row.block.touch();
          model.set(key, [one, place]);
        } else {
          table.get(one)?.remove();
          model.delete(key);
        }
        if (isRead) expect(valuesIn(table)).toEqual([...model.values()].map(([values]) => values));
      });
      expect(table.take().flatMap((content) => content.labels.map((_, row) => content.values[row * 100 + 99]))).toEqual(
        [...model.values()].map(([, place]) => place),
      );
    }),
  );
});

test('in whatever order series are asked for, come and go, each is found by its own record only', () => {
  const names = ['a', 'b'];
  const values = fc.tuple(fc.constantFrom('x', 'y'), fc.nat(12).map(String));
  // Runs of neighbours, as whoever sets all series asks for them, and single ones.
  const run = fc.record({ from: values, length: fc.integer({ min: 1, max: 20 }), step: fc.constantFrom(0, 1, 2) });
  const step = fc.record({ kind: fc.constantFrom('set', 'find', 'remove', 'read'), run });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      // Sixteen rows a block.
      const table = tableOf(names, 100);
      const model = new Map<string, Row>();
      for (const { kind, run } of steps)
        for (let place = 0; place < run.length; place++) {
          const one = [run.from[0], String((Number(run.from[1]) + place * run.step) % 13)];
          const key = JSON.stringify(one);
          if (kind === 'read') table.take();
          else if (kind === 'remove') {
            table.get(one)?.remove();
            model.delete(key);
          } else if (kind === 'set') {
            const row = obtain(table, one);
            row.block.markSet(row.index);
            model.set(key, row);
          } else expect(table.find({ a: one[0], b: one[1] })).toBe(model.get(key));
        }
    }),
  );
});

describe('series that come and go', () => {
  const blocksOf = (table: SeriesTable) => new Set(table.rows().map(({ block }) => block));

  test('take their room with them, also where nobody reads', () => {
    const table = tableOf(['a']);
    for (let place = 0; place < 50_000; place++) set(table, [String(place)]).remove();
    expect(table.rows()).toEqual([]);
    const row = set(table, ['last']);
    expect(row.block.size).toBeLessThanOrEqual(1_024);
    expect(labelsIn(table)).toEqual(['a="last"']);
  });

  test.each([false, true])('keep the order of their creation, in no more blocks than they need (read in between: %p)', (isRead) => {
    const table = tableOf(['a']);
    const live: string[] = [];
    for (let place = 0; place < 30_000; place++) {
      set(table, [String(place)], place);
      live.push(String(place));
      // All but each thousandth one leave soon.
      const leaving = live.findIndex((value) => Number(value) % 1_000 !== 0);
      if (live.length > 1_500) for (const value of live.splice(leaving, 1)) table.get([value])?.remove();
      if (isRead && place % 700 === 0) table.take();
    }
    expect(labelsIn(table)).toEqual(live.map((value) => `a="${value}"`));
    expect(table.take().flatMap(({ values }) => [...values])).toEqual(live.map(Number));
    const blocks = [...blocksOf(table)];
    expect(blocks.length).toBeLessThanOrEqual(4);
    expect(blocks.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2 * live.length);
  });

  test('give up their blocks from the newest to the oldest, too', () => {
    const table = tableOf(['a']);
    for (let place = 0; place < 20_480; place++) set(table, [String(place)]);
    for (let place = 20_479; place >= 0; place--) {
      if (place % 1_024 !== 0) table.get([String(place)])?.remove();
      if (place % 100 === 0) table.take();
    }
    expect(valuesIn(table)).toEqual(Array.from({ length: 20 }, (_, block) => [String(block * 1_024)]));
    expect(blocksOf(table).size).toBe(1);
  });

  test('do not move while a call is about to set them', () => {
    const table = tableOf(['a']);
    const scope = new CallScope();
    const call = scope.open(ownerOf(), () => {});
    const rows = Array.from({ length: 100 }, (_, place) => set(table, [String(place)], place));
    rows[99]?.set(7, call);
    for (const row of rows.slice(0, 90)) row.remove();
    table.take();
    expect(rows[99]?.index).toBe(99);
    call.publish();
    expect(table.take().map(({ values }) => [...values])).toEqual([[90, 91, 92, 93, 94, 95, 96, 97, 98, 7]]);
    expect(rows[99]?.index).toBe(9);
  });
});
