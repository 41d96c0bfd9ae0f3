import { negotiate } from '../exposition/negotiate.js';
import type { ScrapeRequest, ScrapeResponse } from '../model/hook.js';
import type { MetricFamily } from '../model/metric-family.js';

/** A scrape as it comes over HTTP. */
export interface MetricsRequest extends ScrapeRequest {
  /** Only the headers are asked for, so that no collector has to run. */
  readonly head?: boolean;
}

/** Where the answer comes from. */
export interface MetricsSource {
  readonly isRunning: boolean;
  readonly collect: () => Promise<readonly { readonly collector: string; readonly isSuccess: boolean }[]>;
  readonly takeSnapshot: () => Promise<readonly MetricFamily[]>;
}

/** Answers one scrape: collectors run, the metrics are snapshot and encoded in the format asked for. */
export async function answerScrape({ accept, head = false }: MetricsRequest, source: MetricsSource): Promise<ScrapeResponse> {
  if (!source.isRunning) return answerText(503, 'The exporter is not running.\n', { 'Retry-After': '1' });
  const encoder = negotiate(accept);
  const headers = { 'Content-Type': encoder.contentType, Vary: 'Accept, Accept-Encoding' };
  if (head) return { status: 200, headers, body: Buffer.alloc(0) };
  const failed = (await source.collect()).filter(({ isSuccess }) => !isSuccess).map(({ collector }) => collector);
  if (failed.length > 0) return answerText(500, `Failed or late: ${failed.join(', ')}. See the log of the exporter.\n`);
  return { status: 200, headers, body: encoder.encode(await source.takeSnapshot()) };
}

function answerText(status: number, text: string, headers: Readonly<Record<string, string>> = {}): ScrapeResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: Buffer.from(text) };
}
