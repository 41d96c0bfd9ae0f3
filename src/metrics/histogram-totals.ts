import { suggest } from '../model/nearest.js';
import { checkNumber, describeValue, invalidUpdate, isObject, numberRules } from './check-value.js';

/** A histogram that somebody else counts, checked. */
export interface Totals {
  /** Finite, ascending. */
  readonly bounds: readonly number[];
  /** At each bound, cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

const keys = ['buckets', 'sum', 'count'];

/** Returns what `setBuckets` takes, sorted. */
export function checkTotals(where: string, totals: unknown): Totals {
  if (!isObject(totals)) throw invalidUpdate(where, `totals are ${describeValue(totals)}`, 'Give { buckets, sum, count }');
  for (const key in totals) {
    if (!keys.includes(key)) throw invalidUpdate(where, `totals have an unknown key ${describeValue(key)}`, suggest(key, keys));
  }
  const { buckets, sum, count } = totals as Readonly<Record<string, unknown>>;
  if (!isObject(buckets)) {
    throw invalidUpdate(where, `buckets are ${describeValue(buckets)}`, 'Give an object or a map, from upper bounds to cumulative counts');
  }
  return checkCounts(where, boundsOf(where, buckets), {
    sum: checkNumber(where, sum, { is: (value) => !Number.isNaN(value), words: 'a number' }, 'sum'),
    count: checkNumber(where, count, numberRules.count, 'count'),
  });
}

/** Sorted, since the keys of an object do not keep their order: whole numbers come first. */
function boundsOf(where: string, buckets: object): readonly (readonly [bound: number, count: unknown])[] {
  const entries: readonly (readonly [unknown, unknown])[] = buckets instanceof Map ? [...buckets] : Object.entries(buckets);
  return entries
    .map(([key, count]) => {
      const bound = typeof key === 'string' && key.trim() !== '' ? Number(key) : key;
      const isBound = typeof bound === 'number' && Number.isFinite(bound);
      if (isBound) return [bound, count] as const;
      throw invalidUpdate(where, `bound ${describeValue(key)} is not finite`, 'Give finite upper bounds; +Inf is count');
    })
    .sort(([one], [other]) => one - other);
}

function checkCounts(where: string, bounds: ReturnType<typeof boundsOf>, totals: Pick<Totals, 'sum' | 'count'>): Totals {
  let [lastBound, lastCount] = [-Infinity, 0];
  const counts = [...bounds, [Infinity, totals.count] as const].map(([bound, value]) => {
    const subject = bound === Infinity ? 'count' : `the count at ${bound}`;
    const count = checkNumber(where, value, numberRules.count, subject);
    if (bound === lastBound) throw invalidUpdate(where, `bound ${bound} stands twice`, 'Give each bound once');
    if (count < lastCount) {
      throw invalidUpdate(where, `${subject} is ${count}, but ${lastCount} at ${lastBound}`, 'Give cumulative counts, none above count');
    }
    [lastBound, lastCount] = [bound, count];
    return count;
  });
  return { bounds: bounds.map(([bound]) => bound), counts: counts.slice(0, -1), ...totals };
}
