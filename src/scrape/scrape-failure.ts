import type { Outcome } from './collector.js';

/**
 * Says why a scrape fails as a whole: a collector that must not fail has failed, or all have and none has kept its values.
 * Undefined where there is something to tell.
 */
export function failureOfScrape(outcomes: readonly Outcome[]): string | undefined {
  const failed = outcomes.filter(({ end }) => end !== 'success' && end !== 'nothing');
  if (failed.length === 0) return undefined;
  const fatal = failed.filter(({ spec }) => spec.onError === 'fail');
  const areAll = failed.length === outcomes.length && !failed.some(({ isKept }) => isKept);
  if (fatal.length === 0 && !areAll) return undefined;
  const names = (areAll ? failed : fatal).map(({ spec }) => spec.name);
  return `Failed or late: ${names.join(', ')}. See the log of the exporter.`;
}
