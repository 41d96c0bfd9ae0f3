import type { ErrorCode, Fault } from '../errors.js';
import { quote } from './name.js';
import { suggest } from './nearest.js';

/** Collects the mistakes found at one place, so that all can be told at once. */
export class Check {
  readonly #faults: Fault[];
  readonly where: string;

  constructor(faults: Fault[], where: string) {
    this.#faults = faults;
    this.where = where;
  }

  /** The same list of mistakes, for another place. */
  at(where: string): Check {
    return new Check(this.#faults, where);
  }

  /** The same place, with mistakes that nobody hears of. */
  silent(): Check {
    return new Check([], this.where);
  }

  fault(code: ErrorCode, what: string, mend: string): void {
    this.#faults.push({ code, where: this.where, what, mend });
  }

  /** Tells whether a declaration is an object, and finds that it is none. */
  object(declaration: unknown): boolean {
    const isObject = typeof declaration === 'object' && declaration !== null && !Array.isArray(declaration);
    if (!isObject) this.fault('INVALID_DECLARATION', `declaration is ${quoteDeclared(declaration)}`, 'Give an object');
    return isObject;
  }

  /**
   * Finds the keys that a declaration may not have, and the known ones whose values have the wrong form.
   * Returns the declaration without them.
   */
  shape<D extends object>(declaration: D, shape: Readonly<Record<keyof D & string, Form>>): Partial<D> {
    const sound: Partial<D> = {};
    for (const [key, value] of Object.entries(declaration) as [keyof D & string, D[keyof D & string]][]) {
      if (!Object.hasOwn(shape, key)) this.fault('UNKNOWN_KEY', `unknown key ${quote(key)}`, suggest(key, Object.keys(shape)));
      else if (value === undefined || forms[shape[key]].is(value)) sound[key] = value;
      else this.fault('INVALID_DECLARATION', `${key} is ${quoteDeclared(value)}`, `Give ${forms[shape[key]].words}`);
    }
    return sound;
  }

  /** Finds a name that breaks its rule. */
  name(name: string, what: string, { pattern, rule }: { readonly pattern: RegExp; readonly rule: string }): void {
    if (!pattern.test(name)) this.fault('INVALID_NAME', `${what} ${quote(name)} is not allowed`, rule);
  }
}

/** Names a declared value in a message, with the numbers that JSON lacks. */
export function quoteDeclared(value: unknown): string {
  const one = (inner: unknown): string => (typeof inner === 'number' ? String(inner) : quote(inner));
  return Array.isArray(value) ? `[${value.map(one).join(',')}]` : one(value);
}

export type Form = keyof typeof forms;

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isRecord = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null || Object.getOwnPropertySymbols(value).length > 0) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Not by identity: objects may come from another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'number' && !Number.isNaN(one));

/** The forms that values in declarations have, with their test and their name in messages. */
const forms = {
  text: { is: isText, words: 'a text that is not empty' },
  string: { is: (value: unknown) => typeof value === 'string', words: 'a string' },
  labels: {
    is: (value: unknown) => (Array.isArray(value) ? value.every(isText) : isRecord(value)),
    words: 'a list of texts, or an object with the known values of each label',
  },
  texts: { is: (value: unknown) => Array.isArray(value) && value.every(isText), words: 'a list of texts' },
  choices: {
    is: (value: unknown) =>
      Array.isArray(value) &&
      value.length > 0 &&
      new Set(value.map((one) => typeof one)).size === 1 &&
      value.every((one) => isText(one) || Number.isFinite(one)),
    words: 'a list of strings or a list of numbers, not empty',
  },
  boolean: { is: (value: unknown) => typeof value === 'boolean', words: 'true or false' },
  numbers: { is: isNumbers, words: 'a list of numbers' },
  positive: { is: (value: unknown) => typeof value === 'number' && value > 0, words: 'a number above 0' },
  count: { is: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1, words: 'a whole number of at least 1' },
  limit: { is: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0, words: 'a whole number, 0 for no limit' },
  port: {
    is: (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
    words: 'a whole number in the range 0..65535',
  },
  function: { is: (value: unknown) => typeof value === 'function', words: 'a function' },
  object: { is: (value: unknown) => typeof value === 'object' && value !== null, words: 'an object' },
  variable: { is: (value: unknown) => value === false || isText(value), words: 'the name of a variable, or false for none' },
  duration: {
    is: (value: unknown) => typeof value === 'string' || (typeof value === 'number' && value > 0),
    words: 'milliseconds or a text such as 30s',
  },
  schema: {
    is: (value: unknown) => (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value,
    words: 'a Standard Schema, such as one made by zod or valibot',
  },
} satisfies Record<string, { is: (value: unknown) => boolean; words: string }>;
