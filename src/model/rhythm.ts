import type { Cron } from 'croner';
import { formatDuration } from './duration.js';

/** When a collector calls by itself, or how long the result of a call is used again. */
export type Rhythm =
  | { readonly kind: 'scrape' }
  | { readonly kind: 'cache'; readonly milliseconds: number }
  | { readonly kind: 'every'; readonly milliseconds: number }
  | { readonly kind: 'cron'; readonly pattern: string };

/** Says how a pattern of cron is wrong; undefined where it is right and will come round. */
export function faultOfCron(pattern: string): string | undefined {
  try {
    return createCron(pattern).nextRun() === null ? 'never comes round' : undefined;
  } catch {
    return 'is no pattern of cron';
  }
}

/** The milliseconds from a moment to the next beat of a rhythm that calls by itself. Throws a TypeError for a wrong pattern. */
export function millisecondsToNext(rhythm: Extract<Rhythm, { kind: 'every' | 'cron' }>, now: number): number {
  if (rhythm.kind === 'every') return rhythm.milliseconds;
  const next = createCron(rhythm.pattern).nextRun(new Date(now));
  return next === null ? Infinity : next.getTime() - now;
}

/** Says in a sentence how old the values may be; undefined where each scrape has new ones. */
export function describeRhythm(rhythm: Rhythm): string | undefined {
  if (rhythm.kind === 'cache') return `Cached for ${formatDuration(rhythm.milliseconds)}.`;
  if (rhythm.kind === 'every') return `Refreshed every ${formatDuration(rhythm.milliseconds)}.`;
  return rhythm.kind === 'cron' ? `Refreshed at "${rhythm.pattern}".` : undefined;
}

function createCron(pattern: string): Cron {
  // Loaded here, since few need it and help should not wait for it.
  const croner = require('croner') as typeof import('croner');
  return new croner.Cron(pattern);
}
