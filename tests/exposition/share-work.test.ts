import { shareWork } from '../../src/exposition/share-work.js';

test('work is done once for each input', async () => {
  let count = 0;
  const share = shareWork(async (input: object) => [input, ++count]);
  const [one, other] = [{}, {}];
  const results = await Promise.all([share(one), share(other), share(one)]);
  expect(results[0]).toBe(results[2]);
  expect([results[0]?.[1], results[1]?.[1], await share(one)]).toEqual([1, 2, results[0]]);
});

test('work that failed is done again', async () => {
  let count = 0;
  const share = shareWork(async () => {
    count += 1;
    if (count === 1) throw new Error('once');
    return count;
  });
  const input = {};
  const first = await Promise.allSettled([share(input), share(input)]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await share(input)).toBe(2);
});
