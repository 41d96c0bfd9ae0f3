import type { SelfMetrics } from '../metrics/self-metrics.js';
import { selfMetric } from '../model/builtin-metric.js';
import type { ExporterSpec } from '../model/spec.js';
import { rejectionReasons, type RequestObserver } from '../web/request-observer.js';

interface ExporterMetricsParts {
  readonly spec: Pick<ExporterSpec, 'name'>;
  readonly self: SelfMetrics;
  readonly version: string;
  /** Whether the operator wants nothing of them. */
  readonly isOff: boolean;
}

const subjects = { config: 'configuration', web_config: 'web configuration' } as const;

/** What an exporter tells about itself: what it is, how its reloads end, and what is asked of it. */
export class ExporterMetrics {
  readonly #parts: ExporterMetricsParts;

  constructor(parts: ExporterMetricsParts) {
    this.#parts = parts;
    const { spec, self, version, isOff } = parts;
    if (isOff) return;
    const name = selfMetric(spec, 'build_info');
    const help = 'The version of the exporter, and that of Node.js which it runs on.';
    self.create({ name, type: 'info', help, labels: ['version', 'nodeversion'] }).info({ version, nodeversion: process.version });
  }

  /** Tells of reloads from now on, beginning with a good one; what it returns is to hear how each ends. */
  watchReloads(subject: keyof typeof subjects): (isGood: boolean) => void {
    const { spec, self, isOff } = this.#parts;
    if (isOff) return () => {};
    const successful = self.create({
      name: selfMetric(spec, `${subject}_last_reload_successful`),
      type: 'gauge',
      help: `Whether the last reload of the ${subjects[subject]} succeeded.`,
    });
    const timestamp = self.create({
      name: selfMetric(spec, `${subject}_last_reload_success_timestamp_seconds`),
      type: 'gauge',
      unit: 'seconds',
      help: `When the ${subjects[subject]} was last loaded successfully, in seconds since the epoch.`,
    });
    const end = (isGood: boolean): void => {
      successful.set(isGood ? 1 : 0);
      if (isGood) timestamp.set(Date.now() / 1_000);
    };
    end(true);
    return end;
  }

  /** Tells of requests from now on; what it returns is to hear of them. */
  watchRequests(): RequestObserver {
    const { spec, self } = this.#parts;
    const inFlight = self.create({
      name: selfMetric(spec, 'http_requests_in_flight'),
      type: 'gauge',
      help: 'How many requests are being answered.',
    });
    const total = self.create({
      name: selfMetric(spec, 'http_requests_total'),
      type: 'counter',
      help: 'Requests that were answered, by status code.',
      labels: ['code'],
    });
    const rejected = self.create({
      name: selfMetric(spec, 'http_requests_rejected_total'),
      type: 'counter',
      help: 'Requests and connections that were refused, by the reason.',
      labels: { reason: rejectionReasons },
    });
    inFlight.set(0);
    return {
      began: () => inFlight.inc(),
      ended: (code) => {
        inFlight.dec();
        if (code !== undefined) total.inc({ code });
      },
      refused: (code) => total.inc({ code }),
      rejected: (reason) => rejected.inc({ reason }),
    };
  }
}
