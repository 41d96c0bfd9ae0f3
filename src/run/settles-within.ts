import { longestTimer } from '../model/duration.js';

/** Waits for a promise to be fulfilled or rejected, at most so long; resolves to whether it was. */
export async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, longestTimer), false);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  const isSettled = await Promise.race([settled, over]);
  clearTimeout(timer);
  return isSettled;
}
