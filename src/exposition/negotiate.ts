import { type AcceptClause, parseAccept } from './accept.js';
import type { Encoder } from './encoder.js';
import { defaultEncoder, encoders } from './encoders.js';

/**
 * Chooses the format of an answer by the `Accept` header.
 *
 * Clauses are ranked by q, then by how specific they are, then by order. There is always an answer: text 0.0.4 for
 * nothing, for a wildcard, and for what is not offered.
 */
export function negotiate(accept: string | undefined): Encoder {
  const clauses = parseAccept(accept ?? '');
  const refusals = clauses.filter(({ quality }) => quality === 0);
  const isRefused = (encoder: Encoder, wish: AcceptClause): boolean =>
    refusals.some((refusal) => covers(refusal, encoder) && compareSpecificity(refusal, wish) >= 0);
  const wishes = clauses
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || compareSpecificity(other, one));
  for (const wish of wishes) {
    const encoder = find(wish);
    if (encoder && !isRefused(encoder, wish)) return encoder;
  }
  return defaultEncoder;
}

/** A wildcard asks for nothing in particular, so only what everybody can read answers it. */
function find(wish: AcceptClause): Encoder | undefined {
  return (isWildcard(wish) ? [defaultEncoder] : encoders).find((encoder) => covers(wish, encoder));
}

function covers({ range, parameters }: AcceptClause, { mediaType, version }: Encoder): boolean {
  const [type = ''] = mediaType.split('/');
  const asked = parameters.get('version') ?? version;
  return ['*/*', `${type}/*`, mediaType].includes(range) && asked === version;
}

function compareSpecificity(one: AcceptClause, other: AcceptClause): number {
  return stars(other) - stars(one) || one.parameters.size - other.parameters.size;
}

function isWildcard(clause: AcceptClause): boolean {
  return stars(clause) > 0;
}

function stars({ range }: AcceptClause): number {
  return range.split('*').length - 1;
}
