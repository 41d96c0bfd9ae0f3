import { TurnQueue } from '../../src/web/turn-queue.js';

/** Jobs that end when they are told to. */
function createJobs() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const job = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const endOne = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { begun, job, endOne };
}

test('one job runs at a time', async () => {
  const { begun, job, endOne } = createJobs();
  const queue = new TurnQueue();
  queue.add('a', job('1'));
  queue.add('a', job('2'));
  expect(begun).toEqual(['1']);
  await endOne();
  expect(begun).toEqual(['1', '2']);
});

test('clients take turns, each with its own jobs in order', async () => {
  const { begun, job, endOne } = createJobs();
  const queue = new TurnQueue();
  for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(name.charAt(0), job(name));
  for (let left = 6; left > 0; left--) await endOne();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'c2']);
});

test('a client whose jobs all wait may add no more, and others may', async () => {
  const { job, endOne } = createJobs();
  const queue = new TurnQueue();
  // The first one runs.
  const added = Array.from({ length: 18 }, (_, index) => queue.add('a', job(String(index))));
  expect(added.map((is, index) => (is ? [] : [index])).flat()).toEqual([17]);
  expect(queue.add('b', job('b'))).toBe(true);
  await endOne();
  expect(queue.add('a', job('again'))).toBe(true);
});

test('there is a limit for all clients together', () => {
  const { job } = createJobs();
  const queue = new TurnQueue();
  const added = Array.from({ length: 300 }, (_, index) => queue.add(String(index), job('')));
  expect(added.filter(Boolean)).toHaveLength(257);
});

test('an empty queue begins again', async () => {
  const { begun, job, endOne } = createJobs();
  const queue = new TurnQueue();
  queue.add('a', job('1'));
  await endOne();
  queue.add('a', job('2'));
  expect(begun).toEqual(['1', '2']);
});
