import { AssertionError } from 'node:assert';
import { loadWebConfig } from '../config/load-web-config.js';
import { type Logger, silentLogger } from '../log.js';
import { isReservedMetric } from '../model/builtin-metric.js';
import type { LiveExporter, ScrapeRequest } from '../model/hook.js';
import { createExporter, type CreateExporterOptions } from '../run/create-exporter.js';
import type { ExporterRuntime } from '../run/exporter-runtime.js';
import { listenExporter } from '../run/listen-exporter.js';
import { WebConfiguration } from '../run/web-configuration.js';
import { compareMetrics } from './compare-metrics.js';
import { type TestScrape, toTestScrape } from './test-scrape.js';

/** What `startTestExporter` takes besides the class. */
export interface TestExporterOptions<T extends object = object> extends CreateExporterOptions<T> {
  /** Default: nothing is logged. */
  readonly log?: Logger;
  /**
   * Opens a server on the hosts of the options (localhost), on their port or any free one, with their TLS material, and
   * scrapes over HTTP; over HTTPS, which needs a client that trusts the certificate, `url` is for you. Default: false.
   */
  readonly listen?: boolean;
}

/** An exporter that runs for a test. */
export interface TestExporter<T extends object = object> extends AsyncDisposable {
  readonly exporter: LiveExporter<T>;
  /** The author's object. */
  readonly instance: T;
  /** Where it listens, if it does: `http://localhost:41234/`. */
  readonly url: string | undefined;
  /** Throws an Error where the answer to a scrape that succeeds cannot be parsed, and the signal's reason where its client has left. */
  scrape(request?: TestScrapeRequest): Promise<TestScrape>;
  /**
   * Scrapes text format 0.0.4, and throws an AssertionError with the difference where the metrics are not these. Order and
   * indentation do not matter; HELP and TYPE count. With `names`, only the families of these names are compared. Metrics about
   * the collectors count only where they are expected, since they tell how long something took.
   */
  expectMetrics(expected: string, names?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** A scrape as `exporter.scrape` takes it: format, timeout, choice of collectors and families, and a signal at which its client leaves. */
export interface TestScrapeRequest extends Omit<ScrapeRequest, 'acceptEncoding'> {}

/**
 * Starts an exporter inside a test: no environment unless given, no logs, no server unless asked for.
 *
 * Rejects with what `createExporter`, a configure hook or a startup hook throws.
 *
 * @example
 * await using exporter = await startTestExporter(WeatherExporter, { options: { city: 'Oslo' } });
 * const { value } = await exporter.scrape();
 * assert.equal(value('temperature_celsius', { station: 'harbour' }), 12);
 */
export async function startTestExporter<T extends object>(
  exporterClass: new (...parameters: never[]) => T,
  { listen = false, ...options }: TestExporterOptions<T> = {},
): Promise<TestExporter<T>> {
  const exporter = createExporter(exporterClass, { log: silentLogger, ...options });
  await exporter.start();
  // `createExporter` makes nothing else; its type tells less, since users need not know.
  const runtime = exporter as ExporterRuntime<T>;
  const url = listen ? await openServer(runtime) : undefined;
  const metricsUrl = url?.startsWith('http:') ? new URL(runtime.config.server.metricsPath, url) : undefined;
  const stop = (): Promise<void> => exporter.stop();
  const isOptional = (name: string): boolean => isReservedMetric(name, exporter.spec);
  const scrape = async (request: TestScrapeRequest = {}): Promise<TestScrape> => {
    const answer = metricsUrl === undefined ? await exporter.scrape(request) : await fetchMetrics(metricsUrl, request);
    // As over HTTP: who has left gets no answer.
    request.signal?.throwIfAborted();
    return toTestScrape(answer);
  };
  return {
    exporter,
    instance: exporter.instance,
    url,
    scrape,
    async expectMetrics(expected, names) {
      const { status, text } = await scrape();
      const difference = status === 200 ? compareMetrics(text, expected, { names, isOptional }) : `status ${status}: ${text}`;
      if (difference === undefined) return;
      throw new AssertionError({ message: `The metrics are not as expected (- missing, + extra):\n${difference}`, operator: 'fail' });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function openServer(exporter: ExporterRuntime): Promise<string | undefined> {
  const { server, whereOf } = exporter.config;
  // The class's own port may be in use, or another test's.
  const { urls } = await listenExporter(exporter, {
    web: new WebConfiguration(() => loadWebConfig(server, whereOf)),
    port: whereOf('port') === undefined ? 0 : server.port,
  });
  return urls[0];
}

async function fetchMetrics(metricsUrl: URL, { accept, timeoutSeconds, signal, ...choice }: TestScrapeRequest) {
  const url = new URL(metricsUrl);
  for (const [key, parameter] of [
    ['collect', 'collect[]'],
    ['exclude', 'exclude[]'],
    ['names', 'name[]'],
  ] as const)
    for (const name of choice[key] ?? []) url.searchParams.append(parameter, name);
  const response = await fetch(url, {
    ...(signal && { signal }),
    headers: {
      ...(accept !== undefined && { Accept: accept }),
      ...(timeoutSeconds !== undefined && { 'X-Prometheus-Scrape-Timeout-Seconds': String(timeoutSeconds) }),
    },
  });
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].map(([name, value]) => [toTitleCase(name), value])),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** `content-type` → `Content-Type`, so that headers have one spelling with and without HTTP. */
function toTitleCase(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
