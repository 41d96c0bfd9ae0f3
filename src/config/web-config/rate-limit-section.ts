import type { RateLimit } from '../../model/web-config.js';
import { parseGoDuration } from './go-duration.js';
import { show } from './report.js';
import { parseYamlInteger } from './scalar.js';
import type { YamlValue } from './yaml-value.js';

/** Reads `rate_limit`; undefined for no limit. */
export function readRateLimit(section: YamlValue): RateLimit | undefined {
  const { interval, burst } = section.section(['interval', 'burst']);
  const nanoseconds = interval === undefined ? 0 : readInterval(interval);
  const count = burst === undefined ? 0 : readBurst(burst);
  if (nanoseconds === undefined || count === undefined || nanoseconds <= 0) return undefined;
  if (count < 1) {
    const what = 'lets no request through, since the burst is not positive';
    return (burst ?? interval)?.fault(what, 'Set how many requests may come at once, such as burst: 20');
  }
  return { intervalMilliseconds: nanoseconds / 1e6, burst: count };
}

function readInterval(value: YamlValue): number | undefined {
  const scalar = value.scalar('duration');
  if (scalar === undefined) return undefined;
  const { text, isPlain } = scalar;
  // As in Prometheus's own exporters, a number without a unit counts nanoseconds.
  const nanoseconds = (isPlain ? parseYamlInteger(text) : undefined) ?? parseGoDuration(text);
  return nanoseconds ?? value.fault(`${show(text)} is no duration`, 'Give one with its unit, such as 500ms or 1s');
}

function readBurst(value: YamlValue): number | undefined {
  const scalar = value.scalar('whole number');
  if (scalar === undefined) return undefined;
  const count = scalar.isPlain ? parseYamlInteger(scalar.text) : undefined;
  return count ?? value.fault(`${show(scalar.text)} is no whole number`, 'Give one without quotes, such as 20');
}
