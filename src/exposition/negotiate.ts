import { type AcceptClause, parseAccept } from './accept.js';
import type { Escaping } from './escape-name.js';
import type { Format } from './format.js';

/** What an answer is written in. */
export interface Negotiated {
  readonly format: Format;
  readonly escaping: Escaping;
}

/**
 * Chooses the format of an answer, and how it escapes names, by the `Accept` header.
 *
 * Clauses are ranked by q, then by how specific they are, then by order. There is always an answer: the first format, with
 * underscores, for nothing, for a wildcard, and for what is not offered or refused. Who names a media type without a version gets
 * the first format of that type. Throws a RangeError if there are no formats.
 */
export function negotiate(accept: string | undefined, formats: readonly Format[]): Negotiated {
  const [standard] = formats;
  if (!standard) throw new RangeError('formats: is empty. Offer one at least.');
  const clauses = [...parseAccept(accept ?? '')].sort((one, other) => other.quality - one.quality || compareSpecificity(other, one));
  const refusals = clauses.filter(({ quality }) => quality === 0);
  // By rank the first one is the most specific one.
  const refusalOf = new Map(formats.map((format) => [format, refusals.find((refusal) => covers(refusal, format))]));
  for (const wish of clauses.filter(({ quality }) => quality > 0)) {
    // A wildcard asks for nothing in particular, so only what everybody can read answers it.
    const format = (isWildcard(wish) ? [standard] : formats).find((offered) => covers(wish, offered));
    if (!format) continue;
    const refusal = refusalOf.get(format);
    if (!refusal || compareSpecificity(refusal, wish) < 0) return { format, escaping: chooseEscaping(wish, format) };
  }
  return { format: standard, escaping: 'underscores' };
}

function covers({ name, parameters }: AcceptClause, format: Format): boolean {
  const [type = ''] = format.mediaType.split('/');
  return (
    ['*/*', `${type}/*`, format.mediaType].includes(name) &&
    Object.entries(format.parameters).every(([key, value]) => {
      const asked = parameters.get(key)?.toLowerCase();
      // Without a version any will do; without the others nobody knows what is asked for.
      return asked === undefined ? key === 'version' : asked === value.toLowerCase();
    })
  );
}

function chooseEscaping(wish: AcceptClause, { escapings }: Format): Escaping {
  const asked = isWildcard(wish) ? undefined : wish.parameters.get('escaping');
  return escapings.find((escaping) => escaping === asked) ?? 'underscores';
}

function compareSpecificity(one: AcceptClause, other: AcceptClause): number {
  return stars(other) - stars(one) || one.parameters.size - other.parameters.size;
}

function isWildcard(clause: AcceptClause): boolean {
  return stars(clause) > 0;
}

function stars({ name }: AcceptClause): number {
  return name.split('*').length - 1;
}
