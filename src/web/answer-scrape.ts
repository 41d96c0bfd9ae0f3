import type { Body } from '../exposition/body.js';
import type { Exposition } from '../exposition/exposition.js';
import type { ScrapeRequest } from '../model/hook.js';
import type { LeaveSignal } from '../model/leave-signal.js';
import type { MetricFamily } from '../model/metric-family.js';

/** A scrape as it comes over HTTP. */
export interface MetricsRequest extends Omit<ScrapeRequest, 'signal'> {
  /** Aborts when the client goes away. */
  readonly signal?: LeaveSignal | undefined;
  /** Only the headers are asked for, so that no collector has to run. */
  readonly head?: boolean;
  /** Hears when the collectors are done. */
  readonly onCollected?: (() => void) | undefined;
}

/** The answer to a scrape; its body is shared with other answers. */
export interface MetricsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** What the collectors have left behind, or why there is nothing to tell. */
export type Collected =
  { readonly failure: string; readonly families?: never } | { readonly families: readonly MetricFamily[]; readonly failure?: never };

/** Where the answer comes from. */
export interface MetricsSource {
  readonly isRunning: boolean;
  readonly exposition: Exposition;
  /** Says what is wrong with the choice of collectors; undefined where nothing is. */
  readonly faultOf: (request: MetricsRequest) => string | undefined;
  readonly collect: (request: MetricsRequest) => Promise<Collected>;
}

/** Answers one scrape: collectors run, the metrics are snapshot and written in the format asked for. */
export async function answerScrape(request: MetricsRequest, source: MetricsSource): Promise<MetricsAnswer> {
  if (!source.isRunning) return answerText(503, 'The exporter is not running.\n', { 'Retry-After': '1' });
  const fault = source.faultOf(request);
  if (fault !== undefined) return answerText(400, `${fault}\n`);
  const choice = source.exposition.choose(request);
  const { headers } = choice;
  if (request.head) return { status: 200, headers, body: [] };
  const { failure, families } = await source.collect(request);
  request.onCollected?.();
  if (failure !== undefined) return answerText(500, `${failure}\n`);
  return { status: 200, headers, body: await choice.render(families, request.names) };
}

function answerText(status: number, text: string, headers: Readonly<Record<string, string>> = {}): MetricsAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: [Buffer.from(text)] };
}
