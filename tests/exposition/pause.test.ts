import { createPause } from '../../src/exposition/pause.js';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
afterEach(() => jest.useRealTimers());

test('work goes on until the slice is over, and then waits once', async () => {
  const pause = createPause();
  jest.advanceTimersByTime(3);
  expect(pause()).toBeUndefined();
  jest.advanceTimersByTime(1);
  const pausing = pause();
  expect(pausing).toBeInstanceOf(Promise);
  await pausing;
  expect(pause()).toBeUndefined();
});

test('steps that make few bytes are counted together before the clock is looked at', () => {
  const pause = createPause();
  jest.advanceTimersByTime(100);
  expect(Array.from({ length: 8 }, () => pause(1_024) !== undefined)).toEqual([...Array.from({ length: 7 }, () => false), true]);
});

test('a step that does not say what it made looks at once', () => {
  const pause = createPause();
  jest.advanceTimersByTime(100);
  expect([pause(1) === undefined, pause() === undefined]).toEqual([true, false]);
});
