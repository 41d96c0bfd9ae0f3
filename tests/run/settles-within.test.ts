import { settlesWithin } from '../../src/run/settles-within.js';

test.each<[rule: string, promise: Promise<unknown>, milliseconds: number, isSettled: boolean]>([
  ['what is fulfilled', Promise.resolve(), 10_000, true],
  ['what is rejected', Promise.reject(new Error('broken')), 10_000, true],
  ['what is fulfilled within more time than a timer takes', Promise.resolve(), 1e12, true],
  ['what never ends', new Promise(() => {}), 5, false],
  ['what never ends, without any time', new Promise(() => {}), 0, false],
])('%s', async (_rule, promise, milliseconds, isSettled) => {
  expect(await settlesWithin(promise, milliseconds)).toBe(isSettled);
});
