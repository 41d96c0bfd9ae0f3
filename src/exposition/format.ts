import type { MetricFamily } from '../model/metric-family.js';
import type { Escaping } from './escape-name.js';
import type { Piece } from './piece.js';

/** One wire format. */
export interface Format {
  /** In lower case, without parameters. */
  readonly mediaType: string;
  /** The parameters that tell it from other formats, by name in lower case: `version`, or `proto` and `encoding`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How it can write names, `underscores` always among them; another one that is asked for is taken for `underscores`. */
  readonly escapings: readonly Escaping[];
  /** Returns the whole `Content-Type` header. */
  contentType(escaping: Escaping): string;
  /** Creates an encoder with a memory of its own. */
  createEncoder(escaping: Escaping): Encoder;
}

export interface Encoder {
  /**
   * Encodes families as pieces of a body, each of which takes a few milliseconds at most. A piece made of what has not changed
   * since the last time is the same object as then. Empty pieces say only that time has passed.
   */
  encode(families: readonly MetricFamily[]): Iterable<Piece>;
}
