import fc from 'fast-check';
import { createJoin as createAnyJoin, lengthOf } from '../../src/exposition/body.js';

const createJoin = (): ReturnType<typeof createAnyJoin> => createAnyJoin(32 * 1024, 32 * 1024);

test('short parts are put together, long ones stay the objects that they are', () => {
  const long = Buffer.alloc(40_000, 'l');
  const body = createJoin()([Buffer.from('a'), Buffer.from('b'), long, Buffer.from('c'), long]);
  expect(body.map((part) => part.length)).toEqual([2, 40_000, 1, 40_000]);
  expect([body[1], body[3]].every((part) => part === long)).toBe(true);
});

test('many short parts become several long ones', () => {
  const parts = Array.from({ length: 30 }, () => Buffer.alloc(10_000, 'x'));
  expect(createJoin()(parts).map((part) => part.length)).toEqual([40_000, 40_000, 40_000, 40_000, 40_000, 40_000, 40_000, 20_000]);
});

test('as long as the parts are the same, so is what they make', () => {
  const join = createJoin();
  const parts = Array.from({ length: 30 }, (_, index) => Buffer.alloc(3_000, String(index)));
  const before = join(parts);
  const after = join([...parts]);
  expect(after).toHaveLength(before.length);
  expect(after.every((part, index) => part === before[index])).toBe(true);
});

test('what is new each time is kept apart from what stays', () => {
  const join = createJoin();
  const lasting = Array.from({ length: 13 }, () => Buffer.alloc(3_000, 'l'));
  const scrape = (): readonly Buffer[] => join([...lasting, Buffer.from('new '), Buffer.from('each time')]);
  scrape();
  const before = scrape();
  const after = scrape();
  expect(after.map((part) => part.length)).toEqual([33_000, 6_000, 13]);
  expect(after.slice(0, 2).map((part, place) => part === before[place])).toEqual([true, true]);
});

test('short parts that change here and there are not kept apart one by one', () => {
  const join = createJoin();
  const lasting = Array.from({ length: 400 }, () => Buffer.alloc(100, 'l'));
  const scrape = (): readonly Buffer[] => join(lasting.flatMap((part) => [part, Buffer.alloc(100, 'n')]));
  scrape();
  // 80,000 bytes in 800 parts.
  expect(scrape().length).toBeLessThanOrEqual(20);
});

test('a body of no more than 256 KiB is one buffer, a longer one stays in its parts', () => {
  const join = createAnyJoin();
  const [short, long] = [Buffer.alloc(100_000, 's'), Buffer.alloc(200_000, 'l')];
  expect(join([short, short]).map((part) => part.length)).toEqual([200_000]);
  expect(join([short])[0]).toBe(short);
  expect(join([long, long]).every((part) => part === long)).toBe(true);
});

test('a short body is one part, the same as long as nothing changes', () => {
  const join = createJoin();
  const parts = ['a', 'b', 'c'].map((text) => Buffer.from(text));
  const [before] = join(parts);
  expect(before?.toString()).toBe('abc');
  expect(join([...parts])).toEqual([before]);
  expect(join([...parts])[0]).toBe(before);
  expect(join([Buffer.from('x'), ...parts]).map(String)).toEqual(['xabc']);
  expect(join([])).toEqual([]);
});

test('nothing is lost, added or empty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 12 }), (lengths) => {
      const parts = lengths.map((length, index) => Buffer.alloc(length, String(index)));
      const body = createJoin()(parts);
      expect(Buffer.concat(body).equals(Buffer.concat(parts))).toBe(true);
      expect(lengthOf(body)).toBe(lengths.reduce((sum, length) => sum + length, 0));
      expect(body.every((part) => part.length > 0)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
