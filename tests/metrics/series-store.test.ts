import fc from 'fast-check';
import { type Series, SeriesStore } from '../../src/metrics/series-store.js';

const storeOf = (labels: readonly string[]) => new SeriesStore<Series>(labels, (pairs) => ({ labels: pairs, isStored: true }));
const valuesIn = (store: Iterable<Series>) => Array.from(store, ({ labels }) => labels.map(([, value]) => value));

test('a series is created once and found again', () => {
  const store = storeOf(['a', 'b']);
  const series = store.obtain(['x', 'y']);
  expect(series.labels).toEqual([
    ['a', 'x'],
    ['b', 'y'],
  ]);
  expect(store.obtain(['x', 'y'])).toBe(series);
  expect(store.obtain(['y', 'x'])).not.toBe(series);
});

test('a metric without labels has one series', () => {
  const store = storeOf([]);
  expect(valuesIn(store)).toEqual([]);
  expect(store.obtain([])).toBe(store.obtain([]));
  expect(valuesIn(store)).toEqual([[]]);
  store.remove([]);
  expect(valuesIn(store)).toEqual([]);
});

test('values that would make the same joined key stay apart', () => {
  const store = storeOf(['a', 'b']);
  store.obtain(['x,b:y', 'z']);
  store.obtain(['x', 'y,b:z']);
  expect(valuesIn(store)).toHaveLength(2);
});

test('a removed or cleared series knows that it is gone, and comes back as another', () => {
  const store = storeOf(['a']);
  const [one, other] = [store.obtain(['1']), store.obtain(['2'])];
  store.remove(['1']);
  expect([one.isStored, other.isStored]).toEqual([false, true]);
  expect(store.obtain(['1'])).not.toBe(one);
  expect(valuesIn(store)).toEqual([['2'], ['1']]);
  store.clear();
  expect(other.isStored).toBe(false);
  expect(valuesIn(store)).toEqual([]);
});

test('what happens to a store is what happens to a map with injective keys', () => {
  const values = fc.tuple(...Array.from({ length: 3 }, () => fc.constantFrom('', 'a', 'b', 'a,b', '__proto__')));
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('obtain' as const), values }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), values }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const), values }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = storeOf(['a', 'b', 'c']);
      const model = new Map<string, readonly string[]>();
      for (const { kind, values: one } of steps) {
        store[kind](one);
        const key = JSON.stringify(one);
        if (kind === 'clear') model.clear();
        else if (kind === 'remove') model.delete(key);
        else if (!model.has(key)) model.set(key, one);
      }
      expect(valuesIn(store)).toEqual([...model.values()]);
    }),
  );
});
