import type { CollectorSpec } from '../../src/model/spec.js';
import type { Outcome } from '../../src/scrape/collector.js';

/** The spec of a collector of which only a few things matter. */
export const collectorSpec = (some: Partial<CollectorSpec> = {}): CollectorSpec => ({
  member: 'update',
  name: 'update',
  isNamed: false,
  enabled: true,
  timeoutMilliseconds: undefined,
  rhythm: { kind: 'scrape' },
  after: [],
  onError: 'drop',
  maxAgeMilliseconds: 300_000,
  ...some,
});

/** How each collector fared, by name. */
export function endsOf(outcomes: readonly Outcome[]): Readonly<Record<string, string>> {
  return Object.fromEntries(outcomes.map(({ spec, end }) => [spec.name, end]));
}
