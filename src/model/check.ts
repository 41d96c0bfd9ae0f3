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

  fault(code: ErrorCode, what: string, mend: string): void {
    this.#faults.push({ code, where: this.where, what, mend });
  }

  /** Finds the keys that a declaration may not have, and the known ones whose values have the wrong form. */
  shape(declaration: object, shape: Readonly<Record<string, Form>>): void {
    for (const [key, value] of Object.entries(declaration)) {
      const form = shape[key];
      if (!form) this.fault('UNKNOWN_KEY', `unknown key ${quote(key)}`, suggest(key, Object.keys(shape)));
      else if (value !== undefined && !forms[form].is(value)) {
        this.fault('INVALID_DECLARATION', `${key} is ${quote(value)}`, `Give ${forms[form].words}`);
      }
    }
  }

  /** Finds a name that breaks its rule. */
  name(name: string, what: string, { pattern, rule }: { readonly pattern: RegExp; readonly rule: string }): void {
    if (!pattern.test(name)) this.fault('INVALID_NAME', `${what} ${quote(name)} is not allowed`, rule);
  }
}

export type Form = keyof typeof forms;

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'number' && !Number.isNaN(one));

/** The forms that values in declarations have, with their test and their name in messages. */
const forms = {
  text: { is: isText, words: 'a text that is not empty' },
  string: { is: (value: unknown) => typeof value === 'string', words: 'a string' },
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
