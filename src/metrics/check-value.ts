import { ScrapeError } from '../errors.js';
import { quote } from '../model/name.js';

interface Rule {
  /** Undefined where every number will do, since no call is cheaper. */
  readonly is: ((value: number) => boolean) | undefined;
  readonly words: string;
}

/** What the numbers in updates must be. A gauge may be set to NaN and ±Infinity; what adds up would never recover from them. */
export const numberRules = {
  any: { is: undefined, words: 'a number' },
  finite: { is: Number.isFinite, words: 'a finite number' },
  increment: { is: (value) => value >= 0 && value < Infinity, words: 'a finite number of at least 0; what goes down is a gauge' },
  count: { is: (value) => value >= 0 && value < Infinity, words: 'a finite number of at least 0' },
  total: { is: (value) => value >= 0, words: 'a number of at least 0' },
} satisfies Readonly<Record<string, Rule>>;

/** Returns the value if it is a number that fits the rule. */
export function checkNumber(where: string, value: unknown, { is, words }: Rule, subject = 'value'): number {
  if (typeof value === 'number' && (is === undefined || is(value))) return value;
  throw invalidUpdate(where, `${subject} is ${describeValue(value)}`, `Give ${words}`);
}

/** An update that the metric cannot take. */
export function invalidUpdate(where: string, what: string, mend: string): ScrapeError {
  return new ScrapeError({ code: 'INVALID_UPDATE', where, what, mend });
}

/** Names any value in a message; of objects only that they are some, since they may be large or hold secrets. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
