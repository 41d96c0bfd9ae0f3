import type { Config } from '../config/resolve-config.js';
import { ConfigError } from '../errors.js';
import type { Logger } from '../log.js';
import { lintMetric } from '../model/metric-lint.js';
import type { MetricSpec } from '../model/spec.js';

/**
 * Tells what metrics have against the conventions: each finding as a warning.
 *
 * @throws ConfigError with all findings at once, where the operator is strict.
 */
export function reportFindings(metrics: readonly MetricSpec[], { server, whereOf }: Config, log: Logger): void {
  const findings = metrics.flatMap((metric) => lintMetric(metric).map((finding) => ({ metric: metric.exportedName, ...finding })));
  if (!server.strictMetrics) {
    for (const { metric, rule, what, mend } of findings) log.warn({ metric, rule }, `metric against convention: ${what}. ${mend}`);
    return;
  }
  const [first] = findings;
  if (first === undefined) return;
  const lines = findings.map(({ metric, rule, what, mend }) => `\n  ${metric}: ${what} (${rule}). ${mend}`);
  throw new ConfigError({
    code: 'UNCONVENTIONAL_METRIC',
    where: whereOf('strict-metrics') ?? '--strict-metrics',
    what: 'metrics are against conventions',
    mend: `Mend what stands below, or allow it by its rule, as in @Metric({ allow: ['${first.rule}'] }):${lines.join('.')}`,
  });
}
