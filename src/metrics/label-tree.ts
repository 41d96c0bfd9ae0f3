/** One level for each label. Most have one entry only, which needs no map. */
class Level {
  #key: string | undefined;
  #only: unknown;
  #entries: Map<string, unknown> | undefined;

  get isEmpty(): boolean {
    return this.#entries === undefined ? this.#key === undefined : this.#entries.size === 0;
  }

  get(key: string): unknown {
    if (this.#entries !== undefined) return this.#entries.get(key);
    return this.#key === key ? this.#only : undefined;
  }

  set(key: string, value: unknown): void {
    if (this.#entries !== undefined) this.#entries.set(key, value);
    else if (this.#key === undefined || this.#key === key) {
      this.#key = key;
      this.#only = value;
    } else {
      this.#entries = new Map([
        [this.#key, this.#only],
        [key, value],
      ]);
      this.#key = this.#only = undefined;
    }
  }

  delete(key: string): void {
    if (this.#entries !== undefined) this.#entries.delete(key);
    else if (this.#key === key) this.#key = this.#only = undefined;
  }
}

/** Finds something by label values, level by level: joined keys could collide, and cost more. */
export class LabelTree<T> {
  readonly #names: readonly string[];
  readonly #root = new Level();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Looks up the values of a record, which has to have all labels and no others; undefined where that is not so, too. */
  find(record: Readonly<Record<string, unknown>>): T | undefined {
    const names = this.#names;
    let found: unknown = this.#root;
    for (let depth = 0; depth < names.length; depth++) {
      const value = record[names[depth]!];
      if (typeof value === 'string') found = (found as Level).get(value);
      else if (typeof value === 'number') found = (found as Level).get(String(value));
      else return undefined;
      if (found === undefined) return undefined;
    }
    let count = 0;
    for (const _ in record) count++;
    return count === names.length ? (found as T) : undefined;
  }

  /** Looks up values in the order of the label names. */
  get(values: readonly string[]): T | undefined {
    let found: unknown = this.#root;
    for (let depth = 0; depth < values.length && found !== undefined; depth++) found = (found as Level).get(values[depth]!);
    return found as T | undefined;
  }

  set(values: readonly string[], value: T): void {
    let level = this.#root;
    for (let depth = 0; depth < values.length - 1; depth++) {
      const key = values[depth]!;
      let next = level.get(key) as Level | undefined;
      if (next === undefined) level.set(key, (next = new Level()));
      level = next;
    }
    level.set(values.at(-1)!, value);
  }

  /** Removes what is found there, together with the levels that it leaves empty. */
  delete(values: readonly string[]): void {
    const above: Level[] = [];
    let level: Level | undefined = this.#root;
    for (const key of values.slice(0, -1)) {
      above.push(level);
      level = level.get(key) as Level | undefined;
      if (level === undefined) return;
    }
    level.delete(values.at(-1)!);
    for (let depth = above.length - 1; depth >= 0 && level.isEmpty; depth--) {
      level = above[depth]!;
      level.delete(values[depth]!);
    }
  }
}
