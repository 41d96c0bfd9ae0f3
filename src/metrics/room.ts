/** How many series a metric may have, and who hears of each one beyond. */
export interface SeriesLimit {
  /** Infinity where there is no limit. */
  readonly most: number;
  readonly onRefused: () => void;
}

export const noLimit: SeriesLimit = { most: Infinity, onRefused: () => {} };

/** The room that a metric has for series that are shown. */
export class Room {
  readonly #limit: SeriesLimit;
  #taken = 0;

  constructor(limit: SeriesLimit = noLimit) {
    this.#limit = limit;
  }

  /** How many series are shown. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether there is room for one more beside so many; else tells that one was refused. */
  admits(taken = this.#taken): boolean {
    if (taken < this.#limit.most) return true;
    this.#limit.onRefused();
    return false;
  }

  /** Takes room for one more, if there is any. */
  take(): boolean {
    if (!this.admits()) return false;
    this.#taken += 1;
    return true;
  }

  /** Gives the room of one to others. */
  free(): void {
    this.#taken -= 1;
  }
}
