import type { Logger } from '../log.js';

const pauseMilliseconds = 60_000;

/** Creates a function that warns of something at once, then at most once a minute with how often it happened meanwhile. */
export function createQuietWarning(log: Logger, message: string, now: () => number = () => performance.now()): (fields?: object) => void {
  let next = -Infinity;
  let times = 0;
  return (fields = {}) => {
    times += 1;
    if (now() < next) return;
    log.warn({ ...fields, times }, message);
    times = 0;
    next = now() + pauseMilliseconds;
  };
}
