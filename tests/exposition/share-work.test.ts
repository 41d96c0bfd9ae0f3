import { shareWork } from '../../src/exposition/share-work.js';

test('work is done once for all who ask for the same meanwhile, and later for the latest', async () => {
  let count = 0;
  const share = shareWork(async (input: object) => [input, ++count]);
  const [one, other] = [{}, {}];
  const results = await Promise.all([share(one), share(other), share(one)]);
  expect(results.map(([, turn]) => turn)).toEqual([1, 2, 1]);
  expect(await share(other)).toBe(results[1]);
  expect(await share(one)).toEqual([one, 3]);
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
