import { setImmediate } from 'node:timers/promises';

/** How long the event loop may be held, in milliseconds. */
const sliceMilliseconds = 3;

/** Creates a function for long work to call between its steps: what it gives now and then is to be awaited, so that others get the event loop. */
export function createPause(): () => Promise<void> | undefined {
  let began = performance.now();
  const pause = async (): Promise<void> => {
    await setImmediate();
    began = performance.now();
  };
  return () => (performance.now() - began > sliceMilliseconds ? pause() : undefined);
}
