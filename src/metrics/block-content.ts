import type { Exemplar } from '../model/metric-family.js';
import type { Totals } from './histogram-totals.js';
import type { Claim } from './row-owners.js';

/** What a block holds at one moment; rows that are not set are left out. */
export interface BlockContent {
  readonly labels: readonly string[];
  readonly values: Float64Array;
  /** By row, of what is mirrored from elsewhere. */
  readonly totals: readonly (Totals | undefined)[] | undefined;
  /** By place in `values`. */
  readonly exemplars: ReadonlyMap<number, Exemplar> | undefined;
  /** By row, in seconds since the epoch. */
  readonly created: Float64Array | undefined;
}

/** What a block has, rows that are not set included. */
interface BlockParts {
  /** Of the rows to be copied. */
  readonly labels: readonly string[];
  readonly width: number;
  readonly values: Float64Array;
  readonly totals: readonly (Totals | undefined)[] | undefined;
  readonly exemplars: ReadonlyMap<number, Exemplar>;
  readonly created: Float64Array | undefined;
}

/** Made by a class: V8 moves literals that are mostly alive into its old generation for good, and dead ones there hold their numbers. */
class Copy implements BlockContent {
  readonly labels: readonly string[];
  readonly values: Float64Array;
  readonly totals: BlockContent['totals'];
  readonly exemplars: BlockContent['exemplars'];
  readonly created: Float64Array | undefined;

  constructor({ labels, values, totals, exemplars, created }: BlockContent) {
    this.labels = labels;
    this.values = values;
    this.totals = totals;
    this.exemplars = exemplars;
    this.created = created;
  }
}

/** Copies all rows. */
export function copyAll({ labels, width, values, totals, exemplars, created }: BlockParts): BlockContent {
  return new Copy({
    labels,
    values: values.slice(0, labels.length * width),
    totals: totals?.slice(),
    exemplars: exemplars.size === 0 ? undefined : new Map(exemplars),
    created: created?.slice(0, labels.length),
  });
}

/** Copies the rows with these places, and closes the gaps between them. */
export function copyRows({ labels, width, values, totals, exemplars, created }: BlockParts, rows: readonly number[]): BlockContent {
  const copied = new Float64Array(rows.length * width);
  rows.forEach((from, to) => copied.set(values.subarray(from * width, (from + 1) * width), to * width));
  const moved = rows.flatMap((from, to) =>
    exemplarsOf(exemplars, from, width).map(([offset, exemplar]) => [to * width + offset, exemplar] as const),
  );
  return {
    labels,
    values: copied,
    totals: totals && rows.map((from) => totals[from]),
    exemplars: moved.length === 0 ? undefined : new Map(moved),
    created: created && Float64Array.from(rows, (from) => created[from] ?? 0),
  };
}

/** What a block holds where others than those who show its rows are told; by row, undefined for the same. */
export function withClaims(content: BlockContent, claims: readonly (Claim | undefined)[] = []): BlockContent {
  if (!claims.some((claim) => claim)) return content;
  const values = content.values.slice();
  const totals = content.totals?.slice();
  claims.forEach((claim, row) => {
    if (claim === undefined) return;
    if (totals) totals[row] = claim.totals;
    else values[row] = claim.value;
  });
  return { ...content, values, totals };
}

/** The exemplars of a row, by place in it. */
export function exemplarsOf(
  exemplars: ReadonlyMap<number, Exemplar>,
  row: number,
  width: number,
): readonly (readonly [number, Exemplar])[] {
  if (exemplars.size === 0) return [];
  const found: (readonly [number, Exemplar])[] = [];
  for (let offset = 0; offset < width; offset++) {
    const exemplar = exemplars.get(row * width + offset);
    if (exemplar !== undefined) found.push([offset, exemplar]);
  }
  return found;
}
