import { setImmediate } from 'node:timers/promises';
import type { Encoder } from '../../src/exposition/format.js';
import { Representation } from '../../src/exposition/representation.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { joinPieces } from './read-formats.js';

const families = (name: string): readonly MetricFamily[] => [{ name, help: '', unit: undefined, type: 'gauge', blocks: [] }];
const long = (letter: string): Buffer => Buffer.alloc(40_000, letter);

/** Encodes a family as two pieces: one of its name, and a long one of `x` that is the same for all. */
function createEncoder(): Encoder {
  const x = long('x');
  const pieces = new Map<string, Buffer>();
  return {
    *encode(list) {
      for (const { name } of list) {
        if (!pieces.has(name)) pieces.set(name, long(name));
        yield pieces.get(name)!;
        yield x;
      }
    },
  };
}

test('the same list of families is the same list of pieces, also for who asks while it is being encoded', async () => {
  const representation = new Representation(createEncoder());
  const list = families('a');
  const [one, other] = await Promise.all([representation.encode(list), representation.encode(list)]);
  expect(one).toBe(other);
  expect(await representation.encode(list)).toBe(one);
});

test('pieces that have not changed are the same objects, and so is a list without changes', async () => {
  const representation = new Representation(createEncoder());
  const first = await representation.encode(families('a'));
  const second = await representation.encode(families('b'));
  expect(second[0]).not.toBe(first[0]);
  expect(second[1]).toBe(first[1]);
  expect(await representation.encode(families('b'))).toBe(second);
});

test('a part of the families leaves alone what is remembered of all', async () => {
  const representation = new Representation(createEncoder());
  const all = await representation.encode([...families('a'), ...families('b')]);
  const some = await representation.encodeSome(families('b'));
  expect(joinPieces(some).equals(Buffer.concat([long('b'), long('x')]))).toBe(true);
  expect(await representation.encode([...families('a'), ...families('b')])).toBe(all);
});

test('encoding lets others have the event loop', async () => {
  const slow: Encoder = {
    *encode() {
      for (let piece = 0; piece < 4; piece++) {
        const end = performance.now() + 6;
        while (performance.now() < end);
        yield Buffer.from('x');
      }
    },
  };
  let turns = 0;
  let isDone = false;
  const encoding = new Representation(slow).encode(families('a')).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await setImmediate();
    turns += 1;
  }
  expect(joinPieces(await encoding).toString()).toBe('xxxx');
  expect(turns).toBeGreaterThanOrEqual(4);
});
