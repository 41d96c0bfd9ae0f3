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

  /** Waits for a place. Resolves to a function that gives it back; a second call of that does nothing. */
  async enter(): Promise<() => void> {
    if (this.#inside >= this.#places) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#inside += 1;
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
