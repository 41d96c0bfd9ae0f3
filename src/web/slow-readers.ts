import type { ServerResponse } from 'node:http';

/** How many versions of one body may be kept for those who read slowly, beside the current one. */
const mostOldVersions = 2;
/** For so long, in milliseconds, nobody counts as slow. */
const patienceMilliseconds = 2_000;

interface Version {
  readonly body: object;
  readonly began: number;
  readonly readers: Set<ServerResponse>;
}

/** Keeps those who read slowly from keeping many versions of a body in memory. */
export class SlowReaders {
  readonly #onCut: (version: { readonly seconds: number; readonly readers: number }) => void;
  /** Oldest first, by what is the same in all versions of a body. */
  readonly #versions = new Map<string, Version[]>();

  constructor(onCut: (version: { readonly seconds: number; readonly readers: number }) => void) {
    this.#onCut = onCut;
  }

  /** Watches an answer until it is read, or cut off because too many newer ones have been written since. */
  watch(kind: string, body: object, res: ServerResponse): void {
    // Who has gone already never closes again.
    if (res.destroyed) return;
    const versions = this.#versions.get(kind) ?? [];
    this.#versions.set(kind, versions);
    let version = versions.find((one) => one.body === body);
    if (version === undefined) versions.push((version = { body, began: performance.now(), readers: new Set() }));
    const { readers } = version;
    readers.add(res);
    res.once('close', () => {
      readers.delete(res);
      const rest = (this.#versions.get(kind) ?? []).filter((one) => one.readers.size > 0);
      if (rest.length > 0) this.#versions.set(kind, rest);
      else this.#versions.delete(kind);
    });
    this.#cut(versions);
  }

  #cut(versions: readonly Version[]): void {
    const now = performance.now();
    for (const { began, readers } of versions.slice(0, -1 - mostOldVersions)) {
      if (now - began < patienceMilliseconds) continue;
      this.#onCut({ seconds: Math.round((now - began) / 100) / 10, readers: readers.size });
      for (const res of readers) res.destroy();
    }
  }
}
