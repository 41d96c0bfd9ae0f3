/** Rows some of which belong to an owner. */
interface Owned {
  /** Removes the rows of an owner, but those that it has just set. */
  removeStale(owner: Owner, set?: RowSet): void;
}

export interface RowSet {
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
  readonly rank: number;
  /** All that may have rows of this owner. */
  readonly estate = new Set<Owned>();
  /** Stands behind the help of its metrics. */
  readonly note: string | undefined;
  /** The exported names of all metrics that it has ever set. */
  readonly metrics = new Set<string>();
  /** Those whose series are there for answers under way only. */
  readonly #gone: Set<Owner>;
  readonly #onContest: OnContest;
  readonly #told = new Set<Owner>();
  /** How many answers are to tell the series of this owner. */
  #holds = 0;

  /** @param gone has this owner in it while its series are gone for all but answers that hold it */
  constructor({ name, rank, onContest, note }: OwnerParts, gone = new Set<Owner>()) {
    this.name = name;
    this.note = note;
    this.rank = rank;
    this.#gone = gone;
    this.#onContest = onContest;
  }

  /** Whether its series are gone, and still there for answers that hold this owner. */
  get isGone(): boolean {
    return this.#gone.has(this);
  }

  /** Notes rows that are this owner's from now on. */
  add(owned: Owned, metric: string): void {
    this.estate.add(owned);
    this.metrics.add(metric);
  }

  /** Tells once that another owner sets a series, too. */
  contest(series: string, other: Owner): void {
    if (this.#told.has(other)) return;
    this.#told.add(other);
    other.#told.add(this);
    this.#onContest({ series, other: other.name, isShown: this.rank < other.rank });
  }

  /** Removes what a new publication does not set again. */
  removeStale(sets: ReadonlyMap<unknown, RowSet>): void {
    this.#gone.delete(this);
    for (const owned of this.estate) owned.removeStale(this, sets.get(owned));
  }

  /** Removes all series of this owner, but those of metrics that keep theirs; answers that hold it tell them all the same. */
  removeAll(): void {
    this.#gone.add(this);
    if (this.#holds === 0) this.removeStale(new Map());
  }

  /** Keeps its series for an answer that is to tell them, until it is released. */
  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0 && this.isGone) this.removeStale(new Map());
  }
}

/** Owners whose series are left out of an answer. */
export interface Hidden {
  /** Those that failed: metrics that keep stale series show theirs all the same. */
  readonly failed: ReadonlySet<Owner>;
  /** Those that were not asked for. */
  readonly others: ReadonlySet<Owner>;
}
