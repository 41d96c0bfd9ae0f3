import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** How full a filesystem is. */
export interface Usage {
  readonly sizeBytes: number;
  readonly freeBytes: number;
  /** Free to users other than root. */
  readonly availBytes: number;
  readonly files: number;
  readonly filesFree: number;
}

type Ask = (mountpoint: string) => Promise<Pick<StatsFs, 'bsize' | 'blocks' | 'bfree' | 'bavail' | 'files' | 'ffree'>>;

/**
 * Asks filesystems how full they are, with at most one question under way for each mount point: one that hangs, as a
 * network filesystem does whose server is gone, holds a thread of Node's pool until it answers.
 */
export class UsageMeter {
  readonly #ask: Ask;
  readonly #asked = new Set<string>();

  constructor(ask: Ask = statfs) {
    this.#ask = ask;
  }

  /** Leaves a usage undefined where the filesystem tells an error, or nothing in time. */
  async measure(
    mountpoints: readonly string[],
    timeoutMilliseconds: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Usage | undefined>> {
    const answered = new AbortController();
    const over = setTimeout(timeoutMilliseconds, undefined, { signal: AbortSignal.any([signal, answered.signal]) }).catch(() => undefined);
    const usages = mountpoints.map(async (mountpoint) => [mountpoint, await Promise.race([this.#measureOne(mountpoint), over])] as const);
    const map = new Map(await Promise.all(usages));
    answered.abort();
    return map;
  }

  async #measureOne(mountpoint: string): Promise<Usage | undefined> {
    if (this.#asked.has(mountpoint)) return undefined;
    this.#asked.add(mountpoint);
    try {
      return toUsage(await this.#ask(mountpoint));
    } catch {
      return undefined;
    } finally {
      this.#asked.delete(mountpoint);
    }
  }
}

function toUsage({ bsize, blocks, bfree, bavail, files, ffree }: Awaited<ReturnType<Ask>>): Usage {
  return { sizeBytes: blocks * bsize, freeBytes: bfree * bsize, availBytes: bavail * bsize, files, filesFree: ffree };
}
