import { setTimeout } from 'node:timers/promises';

/** The real one, also in a test that has a clock of its own. */
const wait = setTimeout;

/** What no machine is too slow for; it only says that something has hung. */
const longestMilliseconds = 60_000;

/** Waits for an event: until something is so, however long the machine needs. Where it never is, `what` is told. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string | (() => string) = () => String(isSo)): Promise<void> {
  for (const end = performance.now() + longestMilliseconds; !(await isSo()); await wait(10)) {
    if (performance.now() > end) throw new Error(`it does not come: ${typeof what === 'string' ? what : what()}`);
  }
}
