import type { StandardSchemaV1 } from '@standard-schema/spec';
import { types } from 'node:util';
import { ConfigError, DeclarationError, messageOf } from '../errors.js';
import { invalidValue, type Place } from './place.js';

/** Gives a value to its option's schema and returns what that makes of it. */
export function checkSchema(value: unknown, shown: unknown, place: Place): unknown {
  const { option } = place;
  if (option.schema === undefined) return value;
  const result = validate(option.schema, value);
  if (types.isPromise(result)) throw asynchronous(place, result, 'schema');
  if (result.issues === undefined) return result.value;
  const issues = result.issues.map(describe).join('; ');
  throw option.type === 'yaml' && !option.secret
    ? new ConfigError({ code: 'INVALID_VALUE', where: place.where, what: issues, mend: 'Correct it' })
    : new ConfigError(invalidValue(place, shown, { what: notValid(place, issues), mend: 'Correct it' }));
}

/** What a text → value function or a schema has to say of a value; of a secret one, nothing. */
export function notValid({ option }: Place, message: string): string {
  return option.secret ? 'is not valid' : `is not valid: ${message}`;
}

/** The author's mistake of a schema or function that answers later. */
export function asynchronous({ className, option }: Place, answer: Promise<unknown>, key: 'schema' | 'parse'): DeclarationError {
  // Nobody waits for it any more; without this, its failure would end the process.
  answer.catch(() => {});
  const fault = { code: 'INVALID_DECLARATION', where: `${className}.${option.member}` } as const;
  return new DeclarationError([{ ...fault, what: `its ${key} is asynchronous`, mend: 'Give one that answers at once' }]);
}

/** A message as part of a sentence: on one line, without a full stop. */
export function asClause(message: string): string {
  return message
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}

function validate(schema: StandardSchemaV1, value: unknown): ReturnType<StandardSchemaV1['~standard']['validate']> {
  try {
    return schema['~standard'].validate(value);
  } catch (error) {
    return { issues: [{ message: messageOf(error) }] };
  }
}

/** `targets[0].url: Invalid URL`. */
function describe({ message, path = [] }: StandardSchemaV1.Issue): string {
  const keys = path.map((segment) => (typeof segment === 'object' ? segment.key : segment));
  const steps = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return [steps.join('').replace(/^\./, ''), asClause(message)].filter((part) => part !== '').join(': ');
}
