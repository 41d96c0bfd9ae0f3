import fc from 'fast-check';
import { LabelTree } from '../../src/metrics/label-tree.js';

const names = ['a', 'b', 'c'];

class Leaf {
  constructor(
    readonly name: unknown,
    private readonly values: readonly string[],
  ) {}

  labelValue(place: number): string {
    return this.values[place]!;
  }
}

type Entry = readonly [values: readonly string[], name: string];

function treeOf(labelNames: readonly string[], ...entries: readonly Entry[]) {
  const tree = new LabelTree<Leaf>(labelNames);
  for (const [values, name] of entries) tree.add(new Leaf(name, values), values);
  return {
    tree,
    get: (...values: readonly string[]) => tree.get(values)?.name,
    find: (record: object) => tree.find(record as Record<string, unknown>)?.name,
  };
}

const indexOf = (...entries: readonly Entry[]) => treeOf(['a', 'b'], ...entries);

test('what was set is found by its values, and by a record of them in any order', () => {
  const index = indexOf([['x', '1'], 'one'], [['y', '1'], 'two']);
  expect([index.get('x', '1'), index.get('y', '1'), index.get('1', 'x')]).toEqual(['one', 'two', undefined]);
  expect([index.find({ a: 'x', b: '1' }), index.find({ b: '1', a: 'y' }), index.find({ a: '1', b: 'x' })]).toEqual([
    'one',
    'two',
    undefined,
  ]);
});

test('a number is found where its text is', () => {
  const index = indexOf([['404', '-1.5'], 'one'], [['0', 'NaN'], 'two']);
  expect(index.find({ a: 404, b: -1.5 })).toBe('one');
  expect(index.find({ a: -0, b: NaN })).toBe('two');
});

test.each<[object]>([
  [{ a: 'x' }],
  [{ a: 'x', b: '1', c: '1' }],
  [{ a: 'x', b: undefined }],
  [{ a: 'x', b: true }],
  [{ a: 'x', b: ['1'] }],
  [{ a: 'x', b: '2' }],
  [Object.assign(Object.create({ c: 1 }) as object, { a: 'x', b: '1' })],
])('a record of other labels finds nothing (%#)', (record) => {
  expect(indexOf([['x', '1'], 'one']).find(record)).toBeUndefined();
  expect(indexOf([['x', '1'], 'one'], [['y', '1'], 'two']).find(record)).toBeUndefined();
});

test('labels may be inherited', () => {
  expect(indexOf([['x', '1'], 'one']).find(Object.create({ a: 'x', b: '1' }) as object)).toBe('one');
});

test('a label that every object inherits is not found where it was not given', () => {
  const index = treeOf(['constructor'], [[String(Object)], 'one']);
  expect([index.find({}), index.find({ constructor: String(Object) })]).toEqual([undefined, 'one']);
});

test('values that would make the same joined key stay apart', () => {
  const index = indexOf([['x,b:y', 'z'], 'one'], [['x', 'y,b:z'], 'two'], [['', 'xz'], 'three'], [['x', 'z'], 'four']);
  expect([index.get('x,b:y', 'z'), index.get('x', 'y,b:z'), index.get('', 'xz'), index.get('x', 'z')]).toEqual([
    'one',
    'two',
    'three',
    'four',
  ]);
});

test('to delete what is not there changes nothing', () => {
  const index = indexOf([['x', '1'], 'one']);
  for (const values of [
    ['y', '1'],
    ['x', '2'],
    ['', ''],
  ])
    index.tree.delete(values);
  expect(index.get('x', '1')).toBe('one');
  index.tree.delete(['x', '1']);
  index.tree.delete(['x', '1']);
  expect(index.get('x', '1')).toBeUndefined();
});

test('what happens to an index is what happens to a map with injective keys', () => {
  const values = fc.tuple(...names.map(() => fc.constantFrom('', 'a', 'b', 'a,b', '__proto__', 'constructor')));
  const step = fc.record({ isSet: fc.boolean(), values });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.array(values), (steps, asked) => {
      const index = new LabelTree<Leaf>(names);
      const model = new Map<string, number>();
      steps.forEach(({ isSet, values: one }, place) => {
        if (isSet) {
          if (index.get(one) !== undefined) return;
          index.add(new Leaf(place, one), one);
          model.set(JSON.stringify(one), place);
        } else {
          index.delete(one);
          model.delete(JSON.stringify(one));
        }
      });
      for (const one of [...asked, ...steps.map((step) => step.values)]) {
        const pairs = names.map((name, place) => [name, one[place]] as const);
        const found = [index.get(one), index.find(Object.fromEntries(pairs)), index.find(Object.fromEntries(pairs.toReversed()))];
        expect(found.map((leaf) => leaf?.name)).toEqual(Array(3).fill(model.get(JSON.stringify(one))));
      }
    }),
  );
});
