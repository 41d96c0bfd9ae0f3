import { formats } from '../../src/exposition/formats.js';
import type { Escaping } from '../../src/exposition/escape-name.js';
import type { Format } from '../../src/exposition/format.js';
import { bytesOf, type Piece } from '../../src/exposition/piece.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import type { Kind } from './expected.js';
import { readProtobuf } from './read-protobuf.js';
import { readText } from './read-text.js';
import type { ReadFamily } from './reading.js';

/** Encodes families by a new encoder, into one piece. */
export function encode(format: Format, families: readonly MetricFamily[], escaping: Escaping = 'underscores'): Buffer {
  return joinPieces(format.createEncoder(escaping).encode(families));
}

export function joinPieces(pieces: Iterable<Piece>): Buffer {
  return Buffer.concat(Array.from(pieces, bytesOf));
}

export function read(format: Format, bytes: Buffer): readonly ReadFamily[] {
  return kindOf(format) === 'protobuf' ? readProtobuf(bytes) : readText(bytes.toString());
}

export function kindOf({ mediaType }: Format): Kind {
  if (mediaType === 'text/plain') return 'text';
  return mediaType.includes('openmetrics') ? 'openMetrics' : 'protobuf';
}

/** Each format in each of its escapings, for `test.each`. */
export const formatsAndEscapings = formats.flatMap((format) =>
  format.escapings.map((escaping) => [nameOf(format), escaping, format] as const),
);

export function nameOf(format: Format): string {
  return `${kindOf(format)} ${format.parameters['version'] ?? ''}`.trim();
}
