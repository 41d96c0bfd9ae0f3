/** Tells those who wait that they need no longer. */
interface Ending {
  readonly isAborted: boolean;
  onAbort(listener: () => void): void;
}

/** Lets so many in at a time; who comes later waits in a queue. */
export class Gate {
  readonly #places: number;
  readonly #queue: (() => void)[] = [];
  #inside = 0;

  /** @param places 0 for as many as come, who then need not enter */
  constructor(places: number) {
    this.#places = places;
  }

  /** Whether nobody ever waits. */
  get isOpen(): boolean {
    return this.#places === 0;
  }

  /** Runs a function once there is a place, which is given back at its end or at the abort; not at all where that comes first. */
  async run(ending: Ending, run: () => unknown): Promise<void> {
    let leave = (): void => {};
    // Whether the place or the end comes first.
    await new Promise<void>((resolve) => {
      const enter = (): void => {
        leave = this.#createLeave();
        resolve();
      };
      ending.onAbort(() => {
        const place = this.#queue.indexOf(enter);
        if (place >= 0) this.#queue.splice(place, 1);
        leave();
        resolve();
      });
      if (this.#inside >= this.#places) this.#queue.push(enter);
      else {
        this.#inside += 1;
        enter();
      }
    });
    try {
      if (!ending.isAborted) await run();
    } finally {
      leave();
    }
  }

  /** Returns a function that gives a place back; a second call of it does nothing. */
  #createLeave(): () => void {
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const next = this.#queue.shift();
      // The place is handed on.
      if (next) next();
      else this.#inside -= 1;
    };
  }
}
