import type { MetricFamily } from '../model/metric-family.js';

/** One wire format. */
export interface Encoder {
  /** In lower case, without parameters. */
  readonly mediaType: string;
  readonly version: string;
  /** The whole `Content-Type` header. */
  readonly contentType: string;
  encode(families: readonly MetricFamily[]): Buffer;
}
