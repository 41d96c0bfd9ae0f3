/** Rows some of which belong to an owner. */
interface Owned {
  /** Removes the rows of an owner, but those that it has just set. */
  removeStale(owner: Owner, set?: RowSet): void;
}

interface RowSet {
  has(index: number): boolean;
}

/** Hears that somebody else sets the same series, and whose value is shown. */
export type OnContest = (contest: { readonly series: string; readonly other: string; readonly isShown: boolean }) => void;

export interface OwnerParts {
  readonly name: string;
  /** Of several who set one series, the lowest shows it. */
  readonly rank: number;
  readonly onContest: OnContest;
  readonly note?: string | undefined;
}

/** Who sets series in calls, one after the other: what its last one did not set again is gone. */
export class Owner {
  readonly name: string;
  /** All that may have rows of this owner. */
  readonly estate = new Set<Owned>();
  /** Stands behind the help of its metrics. */
  readonly note: string | undefined;
  /** The exported names of all metrics that it has ever set. */
  readonly metrics = new Set<string>();
  readonly #rank: number;
  readonly #onContest: OnContest;
  readonly #told = new Set<Owner>();

  constructor({ name, rank, onContest, note }: OwnerParts) {
    this.name = name;
    this.note = note;
    this.#rank = rank;
    this.#onContest = onContest;
  }

  /** Notes rows that are this owner's from now on. */
  add(owned: Owned, metric: string): void {
    this.estate.add(owned);
    this.metrics.add(metric);
  }

  /** Whether this owner may take a series from another one, which is told once. */
  mayTake(series: string, other: Owner): boolean {
    const isShown = this.#rank < other.#rank;
    if (!this.#told.has(other)) {
      this.#told.add(other);
      other.#told.add(this);
      this.#onContest({ series, other: other.name, isShown });
    }
    return isShown;
  }

  /** Removes all series of this owner, but those of metrics that keep theirs. */
  removeAll(): void {
    for (const owned of this.estate) owned.removeStale(this);
  }
}

/** Owners whose series are left out of an answer. */
export interface Hidden {
  /** Those that failed: metrics that keep stale series show theirs all the same. */
  readonly failed: ReadonlySet<Owner>;
  /** Those that were not asked for. */
  readonly others: ReadonlySet<Owner>;
}

/** The owners of the rows of one block; rows that were set outside of calls have none. */
export class RowOwners {
  readonly #owners: (Owner | undefined)[] = [];
  readonly #keepsStale: boolean;

  constructor(keepsStale: boolean) {
    this.#keepsStale = keepsStale;
  }

  of(index: number): Owner | undefined {
    return this.#owners[index];
  }

  /** Makes a row an owner's, or nobody's. */
  set(index: number, owner: Owner | undefined): void {
    this.#owners[index] = owner;
  }

  /** The rows of an owner that are stale: all that it has not set just now. */
  staleOf(owner: Owner, set: RowSet | undefined): readonly number[] {
    const stale: number[] = [];
    // All rows are looked at after each call, and mostly none is stale.
    for (let index = 0; index < this.#owners.length; index++) {
      if (this.#owners[index] === owner && set?.has(index) !== true) stale.push(index);
    }
    return this.#keepsStale ? [] : stale;
  }

  has(owner: Owner): boolean {
    return this.#owners.includes(owner);
  }

  /** Whether an answer leaves a row out. */
  isHidden(index: number, { failed, others }: Hidden): boolean {
    const owner = this.#owners[index];
    return owner !== undefined && (others.has(owner) || (!this.#keepsStale && failed.has(owner)));
  }

  /** Whether an answer leaves out any row. */
  hasHidden(hidden: Hidden): boolean {
    return this.#owners.some((_owner, index) => this.isHidden(index, hidden));
  }
}
