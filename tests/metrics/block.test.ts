import { Block } from '../../src/metrics/block.js';
import { Room } from '../../src/metrics/room.js';
import { Row } from '../../src/metrics/row.js';

const table = { room: new Room(), drop: ({ block, index }: Row) => block.remove(index) };
const exemplar = (value: number) => ({ labels: `id="${value}"`, value, timestamp: 1 });

/** A block of rows a="0", a="1" … that are all set to their places. */
function blockOf(length: number, { width = 1, hasCreated = false } = {}) {
  const block = new Block<Row>({ labelNames: ['a'], width, hasCreated, name: 'm', keepsStale: false }, table);
  const rows = Array.from({ length }, (_, place) => new Row(block, [String(place)]));
  for (const { index } of rows) {
    block.markSet(index);
    block.values.fill(index, index * width, (index + 1) * width);
  }
  block.touch();
  return { block, rows };
}

test('a row that nobody has set is not told', () => {
  const { block, rows } = blockOf(2);
  new Row(block, ['new']);
  expect(block.take()).toMatchObject({ labels: ['a="0"', 'a="1"'], values: Float64Array.of(0, 1) });
  block.unset(0);
  expect(block.take()).toMatchObject({ labels: ['a="1"'], values: Float64Array.of(1) });
  block.write(2, 7);
  block.write(0, 8);
  expect(block.take()).toMatchObject({ labels: ['a="0"', 'a="1"', 'a="new"'], values: Float64Array.of(8, 1, 7) });
  expect(block.rows().slice(0, 2)).toEqual(rows);
});

test('what is told is the same object until something changes, and never changes itself', () => {
  const { block } = blockOf(9, { width: 2 });
  block.writeExemplar(3, exemplar(1));
  const first = block.take();
  const told = structuredClone(first);
  expect(block.take()).toBe(first);
  block.markSet(3);
  expect(block.take()).toBe(first);
  block.writeExemplar(3, exemplar(2));
  block.values[4] = 99;
  block.touch();
  block.unset(8);
  expect(block.take()).not.toBe(first);
  expect(first).toEqual(told);
});

test('the labels told are the same object as long as the same rows are set', () => {
  const { block } = blockOf(3);
  const { labels } = block.take();
  block.write(1, 5);
  expect(block.take().labels).toBe(labels);
  new Row(block, ['unset']);
  block.write(1, 6);
  expect(block.take().labels).toBe(labels);
  block.write(3, 6);
  expect(block.take().labels).toEqual([...labels, 'a="unset"']);
});

test('to write the same number is no change, and -0 is another one than 0', () => {
  const { block } = blockOf(1);
  block.write(0, NaN);
  const content = block.take();
  block.write(0, NaN);
  expect(block.take()).toBe(content);
  block.write(0, 0);
  block.write(0, -0);
  expect(block.take().values).toEqual(Float64Array.of(-0));
});

test('a row that was unset begins again with zeros, without exemplars and totals', () => {
  const { block } = blockOf(2, { width: 2 });
  block.writeExemplar(3, exemplar(1));
  block.writeTotals(1, { bounds: [1], counts: [1], sum: 1, count: 1 });
  block.unset(1);
  block.unset(1);
  block.markSet(1);
  expect(block.take()).toMatchObject({ values: Float64Array.of(0, 0, 0, 0), exemplars: undefined });
  expect(block.take().totals?.[1]).toBeUndefined();
});

test('each row tells when it began, and tells it anew when it began again', () => {
  jest.useFakeTimers({ now: 5_000 });
  const { block } = blockOf(6, { hasCreated: true });
  jest.setSystemTime(7_000);
  block.write(0, 5);
  block.unset(1);
  block.write(1, 5);
  expect(block.take().created).toEqual(Float64Array.of(5, 7, 5, 5, 5, 5));
  block.unset(0);
  expect(block.take().created).toEqual(Float64Array.of(7, 5, 5, 5, 5));
  jest.useRealTimers();
});

test('exemplars and totals keep to their rows when others are left out', () => {
  const { block } = blockOf(3, { width: 2 });
  block.writeExemplar(1, exemplar(1));
  block.writeExemplar(4, exemplar(4));
  block.writeExemplar(5, exemplar(5));
  block.unset(0);
  expect(block.take().exemplars).toEqual(new Map([[2, exemplar(4)], [3, exemplar(5)]])); // prettier-ignore
  const totals = { bounds: [1], counts: [1], sum: 1, count: 1 };
  block.writeTotals(2, totals);
  expect(block.take().totals).toEqual([undefined, totals]);
});

test('rows move with all that they have, and know where they are', () => {
  jest.useFakeTimers({ now: 5_000 });
  const { block, rows } = blockOf(6, { width: 2, hasCreated: true });
  const totals = { bounds: [1], counts: [1], sum: 1, count: 1 };
  block.writeTotals(5, totals);
  block.writeExemplar(9, exemplar(9));
  block.unset(3);
  for (const index of [0, 1, 2]) block.remove(index);
  expect([block.isSparse, block.isEmpty, block.size]).toEqual([false, false, 6]);
  jest.setSystemTime(9_000);
  const { block: target } = blockOf(1, { width: 2, hasCreated: true });
  expect([block.canFollow(target, 4), block.canFollow(target, 3)]).toEqual([true, false]);
  block.moveTo(target);
  jest.useRealTimers();
  expect(rows.map((row) => [row.block === target, row.index]).slice(3)).toEqual([[true, 1], [true, 2], [true, 3]]); // prettier-ignore
  expect(target.has(1)).toBe(false);
  expect(target.take()).toEqual({
    labels: ['a="0"', 'a="4"', 'a="5"'],
    values: Float64Array.of(0, 0, 4, 4, 5, 5),
    totals: [undefined, undefined, totals],
    exemplars: new Map([[3, exemplar(9)]]),
    created: Float64Array.of(9, 5, 5),
  });
});
