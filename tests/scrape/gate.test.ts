import { Gate } from '../../src/scrape/gate.js';

/** Lets all promises that can settle do so. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('so many are inside at a time, and the others follow in their order', async () => {
  const gate = new Gate(2);
  const inside: string[] = [];
  const leaves = new Map<string, () => void>();
  for (const name of ['a', 'b', 'c', 'd'])
    void gate.enter().then((leave) => {
      inside.push(name);
      leaves.set(name, leave);
    });
  await turn();
  expect(inside).toEqual(['a', 'b']);
  leaves.get('b')?.();
  leaves.get('b')?.();
  await turn();
  expect(inside).toEqual(['a', 'b', 'c']);
  leaves.get('a')?.();
  await turn();
  expect(inside).toEqual(['a', 'b', 'c', 'd']);
  for (const leave of leaves.values()) leave();
  expect(await Promise.all([gate.enter(), gate.enter()])).toHaveLength(2);
});

test('without a number of places nobody has to wait', () => {
  expect([new Gate(0).isOpen, new Gate(1).isOpen]).toEqual([true, false]);
});
