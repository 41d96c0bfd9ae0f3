import { setImmediate } from 'node:timers/promises';

/** How long the event loop may be held, in milliseconds. */
const sliceMilliseconds = 3;
/** To look at the clock costs as much as some lines; so many bytes are made in far less than a slice. */
const bytesBetweenLooks = 8 * 1024;

/**
 * Creates a function for long work to call between its steps: what it gives now and then is to be awaited, so that others get
 * the event loop. A step that says how many bytes it has made may be told to go on without a look at the clock.
 */
export function createPause(): (bytes?: number) => Promise<void> | undefined {
  let began = performance.now();
  let made = 0;
  const pause = async (): Promise<void> => {
    await setImmediate();
    began = performance.now();
  };
  return (bytes = bytesBetweenLooks) => {
    made += bytes;
    if (made < bytesBetweenLooks) return undefined;
    made = 0;
    return performance.now() - began > sliceMilliseconds ? pause() : undefined;
  };
}
