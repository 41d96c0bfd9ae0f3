import type { LabelPairs } from '../model/labels.js';
import type { LeaveSignal } from '../model/leave-signal.js';
import type { MetricFamily } from '../model/metric-family.js';
import { longestTimer } from '../model/duration.js';
import { type ForeignMetric, readForeign } from './foreign-metric.js';

/** How long a snapshot waits for the metrics of other packages. */
export interface SnapshotLimits {
  /** In milliseconds since the epoch. Default: 10 s from now. */
  readonly deadline?: number | undefined;
  /** Aborts when nobody waits for the snapshot any more. */
  readonly signal?: LeaveSignal | undefined;
}

/** Hears of each metric of another package that is left out, and why. */
export type OnForeignFailure = (name: string, error: unknown) => void;

const defaultMilliseconds = 10_000;
/** One run of a foreign `get()`, which may never settle. */
interface Read {
  /** Undefined for what failed; never rejects. */
  readonly family: Promise<MetricFamily | undefined>;
  isLate: boolean;
}

type Ending = 'late' | 'left';

/** Reads the metrics of other packages, each of which costs at most itself: one that hangs is not read again until it has settled. */
export class ForeignReader {
  readonly #onFailure: OnForeignFailure;
  readonly #reads = new WeakMap<ForeignMetric, Read>();

  constructor(onFailure: OnForeignFailure) {
    this.#onFailure = onFailure;
  }

  /** In the order given, without what failed or did not answer in time. */
  async read(
    metrics: readonly ForeignMetric[],
    defaults: LabelPairs,
    limits: SnapshotLimits,
  ): Promise<ReadonlyMap<ForeignMetric, MetricFamily>> {
    const { ending, clear } = createEnding(limits);
    try {
      const families = await Promise.all(metrics.map(async (metric) => [metric, await this.#readOne(metric, defaults, ending)] as const));
      return new Map(families.filter((entry): entry is readonly [ForeignMetric, MetricFamily] => entry[1] !== undefined));
    } finally {
      clear();
    }
  }

  async #readOne(metric: ForeignMetric, defaults: LabelPairs, ending: Promise<Ending>): Promise<MetricFamily | undefined> {
    const read = this.#reads.get(metric) ?? this.#start(metric, defaults);
    if (read.isLate) return undefined;
    const result = await Promise.race([read.family, ending]);
    if (typeof result === 'object') return result;
    if (result === 'late' && !read.isLate) {
      read.isLate = true;
      this.#onFailure(metric.name, new Error('it did not answer in time'));
    }
    return undefined;
  }

  /** Scrapes at the same time share one read, as they share the calls of update handlers. */
  #start(metric: ForeignMetric, defaults: LabelPairs): Read {
    const run = async (): Promise<MetricFamily | undefined> => {
      try {
        return await readForeign(metric, defaults);
      } catch (error) {
        if (!read.isLate) this.#onFailure(metric.name, error);
        return undefined;
      } finally {
        this.#reads.delete(metric);
      }
    };
    const read: Read = { family: run(), isLate: false };
    this.#reads.set(metric, read);
    return read;
  }
}

/** Resolves at the deadline, or when the asker leaves; to be cleared by whoever waits no more. */
function createEnding({ deadline = Date.now() + defaultMilliseconds, signal }: SnapshotLimits) {
  let clear = (): void => {};
  const ending = new Promise<Ending>((resolve) => {
    const timer = setTimeout(() => resolve('late'), Math.min(deadline - Date.now(), longestTimer));
    const leave = (): void => resolve('left');
    if (signal?.aborted === true) leave();
    signal?.addEventListener('abort', leave);
    clear = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    };
  });
  return { ending, clear: () => clear() };
}
