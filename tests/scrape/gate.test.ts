import { Abort } from '../../src/scrape/abort.js';
import { Gate } from '../../src/scrape/gate.js';

/** Lets all promises that can settle do so. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Those who come to a gate; each runs until it is told to leave. */
function setUp(places: number) {
  const gate = new Gate(places);
  const inside: string[] = [];
  const done: string[] = [];
  const ends = new Map<string, () => void>();
  const aborts = new Map<string, Abort>();
  return {
    inside,
    done,
    come: (...names: readonly string[]): void =>
      names.forEach((name) => {
        const abort = new Abort();
        aborts.set(name, abort);
        const run = () => new Promise<void>((resolve) => { inside.push(name); ends.set(name, resolve); }); // prettier-ignore
        void gate.run(abort, run).then(() => done.push(name));
      }),
    end: async (name: string) => (ends.get(name)?.(), turn()),
    abort: async (name: string) => (aborts.get(name)?.abort(new Error('over')), turn()),
  };
}

test('so many are inside at a time, and the others follow in their order', async () => {
  const { come, end, inside, done } = setUp(2);
  come('a', 'b', 'c', 'd');
  await turn();
  expect(inside).toEqual(['a', 'b']);
  await end('b');
  expect([inside, done]).toEqual([['a', 'b', 'c'], ['b']]);
  await end('a');
  expect(inside).toEqual(['a', 'b', 'c', 'd']);
  await end('c');
  await end('d');
  come('e', 'f');
  await turn();
  expect(inside).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('one that is aborted gives its place back, though it goes on', async () => {
  const { come, end, abort, inside, done } = setUp(1);
  come('a', 'b', 'c');
  await turn();
  await abort('a');
  expect([inside, done]).toEqual([['a', 'b'], []]);
  // Its place is another's by now.
  await end('a');
  expect([inside, done]).toEqual([['a', 'b'], ['a']]);
  await end('b');
  expect(inside).toEqual(['a', 'b', 'c']);
});

test('one that is aborted while it waits never runs, and is done at once', async () => {
  const { come, end, abort, inside, done } = setUp(1);
  come('a', 'b', 'c');
  await turn();
  await abort('b');
  expect([inside, done]).toEqual([['a'], ['b']]);
  await end('a');
  expect(inside).toEqual(['a', 'c']);
});

test('one that is aborted just when it gets a place hands it on', async () => {
  const { come, abort, inside, done } = setUp(1);
  come('a', 'b', 'c');
  await turn();
  void abort('a');
  await abort('b');
  expect([inside, done]).toEqual([['a', 'c'], ['b']]);
});

test('what fails inside gives its place back', async () => {
  const gate = new Gate(1);
  await expect(gate.run(new Abort(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let isInside = false;
  await gate.run(new Abort(), () => (isInside = true));
  expect(isInside).toBe(true);
});

test('without a number of places nobody has to wait', () => {
  expect([new Gate(0).isOpen, new Gate(1).isOpen]).toEqual([true, false]);
});
