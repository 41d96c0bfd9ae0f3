import { Owner } from '../../src/metrics/owner.js';

/** An owner of series who tells nothing. */
export const ownerOf = (name = 'update', rank = 1): Owner => new Owner({ name, rank, onContest: () => {} });
