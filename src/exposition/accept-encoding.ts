import { type AcceptClause, parseAccept } from './accept.js';

/**
 * Chooses the content coding of an answer by the `Accept-Encoding` header, or none: `undefined` is identity.
 *
 * Only a coding that is asked for by its name is chosen. The higher q wins, then compression over none, then gzip, then the order
 * of the offer, whose names are in lower case.
 */
export function negotiateEncoding(acceptEncoding: string | undefined, offered: readonly string[]): string | undefined {
  const clauses = parseAccept(acceptEncoding ?? '');
  const qualityOf = (coding: string): number | undefined => clauses.find((clause) => codingOf(clause) === coding)?.quality;
  // A star is for all that is not named, which identity is part of.
  const ofIdentity = qualityOf('identity') ?? qualityOf('*') ?? 0;
  const [best] = offered
    .map((coding) => ({ coding, quality: qualityOf(coding) ?? 0 }))
    .filter(({ quality }) => quality > 0 && quality >= ofIdentity)
    .sort((one, other) => other.quality - one.quality || Number(other.coding === 'gzip') - Number(one.coding === 'gzip'));
  return best?.coding;
}

/** RFC 9110, section 8.4.1.3: x-gzip is the old name of gzip. */
function codingOf({ name }: AcceptClause): string {
  return name === 'x-gzip' ? 'gzip' : name;
}
