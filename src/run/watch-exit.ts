import type { Writable } from 'node:stream';

/**
 * Ends the process with 1 and a line on stderr when nothing is left to run but its work is not done: else an awaited
 * promise that nobody settles would end it silently with 0. Returns what undoes it.
 */
export function watchExit(stderr: Writable): () => void {
  const tell = (): void => {
    stderr.write('Error: nothing is left to wait for, but a hook has not ended. Mend the promise that it awaits.\n');
    process.exitCode = 1;
  };
  process.once('beforeExit', tell);
  return () => process.off('beforeExit', tell);
}
