// The only door to prom-client, so that its coming rename is one line.
import type { Histogram as PromHistogram } from 'prom-client';

export {
  collectDefaultMetrics,
  Counter as PromCounter,
  Gauge as PromGauge,
  Histogram as PromHistogram,
  Registry,
  Summary as PromSummary,
  validateMetricName,
} from 'prom-client';

/** What `get()` of prom-client's metrics resolves to, in its widest form. */
export type PromResult = Awaited<ReturnType<PromHistogram['get']>>;
