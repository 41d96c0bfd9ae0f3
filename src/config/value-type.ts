import type { OptionType } from '../model/declaration.js';
import { parseDuration } from '../model/duration.js';
import type { OptionSpec } from '../model/spec.js';
import { noBoolean, parseBoolean } from './boolean.js';
import type { Problem } from './place.js';

/** The types whose values stand in the text itself; the others name files. */
export type TextType = Exclude<OptionType, 'path' | 'yaml'>;

interface ValueType {
  /** Undefined for a text that is no such value. */
  readonly parse: (text: string) => unknown;
  readonly is: (value: unknown) => boolean;
  readonly problem: (option: OptionSpec) => Problem;
}

/** How the texts of each type are read, and what is said of those that cannot be. */
export const valueTypes: Readonly<Record<TextType, ValueType>> = {
  string: {
    parse: (text) => text,
    is: (value) => typeof value === 'string',
    problem: () => ({ what: 'is no string', mend: 'Give a string' }),
  },
  integer: {
    parse: (text) => onlyIf(parseNumber(text), Number.isInteger),
    is: Number.isInteger,
    problem: (option) => ({ what: 'is no whole number', mend: `Give one, such as ${exampleOf(option)}` }),
  },
  number: {
    parse: parseNumber,
    is: Number.isFinite,
    problem: (option) => ({ what: 'is no number', mend: `Give one, such as ${exampleOf(option)}` }),
  },
  boolean: { parse: parseBoolean, is: (value) => typeof value === 'boolean', problem: () => noBoolean },
  duration: {
    parse: (text) => onlyIf(parseDuration(text), Number.isSafeInteger),
    is: (value) => Number.isFinite(value) && Number(value) >= 0,
    problem: () => ({ what: 'is no duration', mend: 'Give one, such as 30s or 1h30m' }),
  },
};

/** Says what is wrong with a number outside of its option's bounds; whole numbers must also be exact. */
export function rangeProblem(option: OptionSpec, value: unknown): Problem | undefined {
  const range = option.range ?? (option.type === 'integer' ? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] : undefined);
  if (range === undefined || typeof value !== 'number' || (value >= range[0]! && value <= range[1]!)) return undefined;
  const noun = option.type === 'integer' ? 'a whole number' : 'a number';
  return { what: `is not in the range ${range.join('..')}`, mend: `Give ${noun} in it, such as ${exampleOf(option)}` };
}

/** Decimal numbers as JavaScript writes them; its other forms (hexadecimal, blanks, Infinity) are mistakes on a command line. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function parseNumber(text: string): number | undefined {
  // The sum turns -0 into 0.
  return decimal.test(text) ? onlyIf(Number(text) + 0, Number.isFinite) : undefined;
}

function onlyIf(value: number | undefined, test: (value: number) => boolean): number | undefined {
  return value !== undefined && test(value) ? value : undefined;
}

function exampleOf({ default: initial, range, secret }: OptionSpec): number {
  const first: unknown = Array.isArray(initial) ? initial[0] : initial;
  return typeof first === 'number' && !secret ? first : (range?.[0] ?? 10);
}
