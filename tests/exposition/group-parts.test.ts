import { createGrouping } from '../../src/exposition/group-parts.js';

interface Part {
  readonly length: number;
}

const part = (length: number): Part => ({ length });
const create = (leastLength: number) =>
  createGrouping<Part, { readonly parts: readonly Part[] }>({
    lengthOf: ({ length }) => length,
    combine: (parts) => ({ parts }),
    fullLength: 100,
    leastLength,
  });

test('the same parts are the same group, also a part that stands alone', () => {
  const group = create(10);
  const parts = [part(60), part(5), part(6), part(0), part(60)];
  const before = group(parts);
  expect(before.map((one) => one.parts.map(({ length }) => length))).toEqual([[60], [5, 6], [60]]);
  expect(group([...parts]).map((one, place) => one === before[place])).toEqual([true, true, true]);
});

test.each([
  [4, [[5], [6], [7]]],
  [10, [[5, 6], [7]]],
  [20, [[5, 6, 7]]],
])('what changes is kept apart from what stays where there are %i bytes of it', (leastLength, expected) => {
  const group = create(leastLength);
  const [first, last] = [part(5), part(7)];
  group([first, part(6), last]);
  expect(group([first, part(6), last]).map((one) => one.parts.map(({ length }) => length))).toEqual(expected);
});
