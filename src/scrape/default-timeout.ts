import { millisecondsToNext } from '../model/rhythm.js';
import type { CollectorSpec } from '../model/spec.js';

const usualMilliseconds = 60_000;

/** How many milliseconds a call of a collector may take: its own timeout, else up to its next call, else a minute. */
export function defaultTimeout({ timeoutMilliseconds, rhythm }: CollectorSpec): number {
  if (timeoutMilliseconds !== undefined) return timeoutMilliseconds;
  if (rhythm.kind === 'scrape') return usualMilliseconds;
  return rhythm.kind === 'cache' ? rhythm.milliseconds : millisecondsToNext(rhythm, Date.now());
}
