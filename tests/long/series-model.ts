/* Who tells which series, in the plainest form: what is set outside, and what each collector has published last. */

const keepsStale = (key: string): boolean => key.startsWith('w');

/** What a call has done with series: undefined where it has removed one. */
export type Staged = Map<string, number | undefined>;

export class SeriesModel {
  readonly #outside = new Map<string, number>();
  /** By collector, in the order of their declaration. */
  readonly #published: readonly Map<string, number>[];
  /** Of which collectors the last call has failed, so that their series are gone. */
  readonly #gone = new Set<number>();

  constructor(collectors: number) {
    this.#published = Array.from({ length: collectors }, () => new Map<string, number>());
  }

  /** What is so for everybody at this moment; undefined where there is no such series. */
  valueOf(key: string): number | undefined {
    const isTold = (one: number): boolean => !this.#gone.has(one) || keepsStale(key);
    return this.#outside.get(key) ?? this.#published.find((series, one) => series.has(key) && isTold(one))?.get(key);
  }

  /** Sets or removes a series outside of calls. */
  write(key: string, value: number | undefined): void {
    for (const series of this.#published) series.delete(key);
    if (value === undefined) this.#outside.delete(key);
    else this.#outside.set(key, value);
  }

  publish(one: number, staged: Staged): void {
    const own = this.#published[one] as Map<string, number>;
    for (const key of own.keys()) if (!keepsStale(key)) own.delete(key);
    for (const [key, value] of staged) {
      this.#outside.delete(key);
      if (value === undefined) own.delete(key);
      else own.set(key, value);
    }
    this.#gone.delete(one);
  }

  drop(one: number): void {
    this.#gone.add(one);
  }

  /** @param isTold by collector that an answer asked for: whether it tells its last publication, or only what stays for ever */
  told(isTold: ReadonlyMap<number, boolean>): ReadonlyMap<string, number> {
    const samples = new Map<string, number>();
    for (const [one, series] of [...this.#published.entries()].toReversed()) {
      if (!isTold.has(one)) continue;
      for (const [key, value] of series) if (isTold.get(one) || keepsStale(key)) samples.set(key, value);
    }
    return new Map([...samples, ...this.#outside]);
  }
}
