const longestMilliseconds = 120_000;
const defaultMilliseconds = 10_000;

/** How many milliseconds a scrape may take, by what Prometheus says and the collector's own timeout. */
export type TimeAllowed = (timeoutSeconds: number | undefined, collectorMilliseconds: number | undefined) => number;

/**
 * Creates the rule: what Prometheus says less an offset, half of it where that leaves nothing, at most two minutes; without
 * a usable word from it, the collector's own timeout, else ten seconds.
 */
export function createTimeAllowed(offsetMilliseconds: number): TimeAllowed {
  return (timeoutSeconds, collectorMilliseconds) => {
    const asked = (timeoutSeconds ?? 0) * 1000;
    if (!(asked > 0)) return collectorMilliseconds ?? defaultMilliseconds;
    return Math.min(asked > offsetMilliseconds ? asked - offsetMilliseconds : asked / 2, longestMilliseconds);
  };
}
