import type { ScrapeResponse } from '../model/hook.js';
import { parseMetrics, seriesKey } from './parse-metrics.js';
import type { ParsedFamily } from './parsed-family.js';

/** The answer to a scrape, as a test wants it. */
export interface TestScrape {
  readonly status: number;
  /** Without compression. */
  readonly body: Buffer;
  /** The body as text; empty where it is protobuf, for which there is no parser here either. */
  readonly text: string;
  /** By name as in `Content-Type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** None where the status is not 200, or the body is protobuf. */
  readonly families: readonly ParsedFamily[];
  /** The value of the sample with this name and exactly these labels; undefined where there is none. */
  readonly value: (name: string, labels?: Readonly<Record<string, string>>) => number | undefined;
}

/** Reads the answer to a scrape. Throws an Error where it succeeded but cannot be parsed. */
export function toTestScrape({ status, headers, body }: ScrapeResponse): TestScrape {
  const text = headers['Content-Type']?.startsWith('application/vnd.google.protobuf') ? '' : body.toString();
  const families = status === 200 ? parseMetrics(text) : [];
  const values = new Map(families.flatMap(({ samples }) => samples.map((sample) => [seriesKey(sample), sample.value])));
  return { status, body, text, headers, families, value: (name, labels = {}) => values.get(seriesKey({ name, labels })) };
}
