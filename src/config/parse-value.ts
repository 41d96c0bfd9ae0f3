import { types } from 'node:util';
import { messageOf } from '../errors.js';
import { suggest } from '../model/nearest.js';
import type { OptionSpec } from '../model/spec.js';
import { asClause, asynchronous, checkSchema, notValid } from './check-schema.js';
import { fileProblem, locate } from './file.js';
import { loadYaml } from './load-yaml.js';
import { type Place, type Problem, reject } from './place.js';
import { rangeProblem, valueTypes } from './value-type.js';

/** Turns one text into the value that its option's field gets, or throws a ConfigError. */
export function parseText(text: string, place: Place): unknown {
  const { option } = place;
  if (option.parse) return checkSchema(runParse(option.parse, text, place), text, place);
  if (option.choices) return checkSchema(choose(text, place), text, place);
  if (option.type === 'path') return checkSchema(parsePath(text, place), text, place);
  if (option.type === 'yaml') return parseYaml(text, place);
  const value = valueTypes[option.type].parse(text);
  if (value === undefined) reject(place, text, valueTypes[option.type].problem(option));
  return checkSchema(inRange(value, text, place), text, place);
}

/** Checks one value that a program gives, already typed, or throws a ConfigError. */
export function checkValue(value: unknown, place: Place): unknown {
  const { option } = place;
  if (option.choices) {
    if (!(option.choices as readonly unknown[]).includes(value)) reject(place, value, choiceProblem(option, value));
  } else if (!isTyped(option)) {
    const { is, problem } = valueTypes[option.type === 'path' || option.type === 'yaml' ? 'string' : option.type];
    if (!is(value)) reject(place, value, option.type === 'path' ? { what: 'is no path', mend: 'Give a string' } : problem(option));
  }
  return checkSchema(inRange(value, value, place), value, place);
}

/** Whether anything that is no text may be a value as it is: nothing but the schema, if any, can tell. */
function isTyped(option: OptionSpec): boolean {
  return option.parse !== undefined || option.type === 'yaml' || (option.type === 'string' && option.schema !== undefined);
}

function inRange(value: unknown, shown: unknown, place: Place): unknown {
  const problem = rangeProblem(place.option, value);
  return problem === undefined ? value : reject(place, shown, problem);
}

function parsePath(text: string, place: Place): string {
  const path = locate(text, place.cwd);
  const what = fileProblem(path);
  return what === undefined ? path : reject(place, text, { what, mend: 'Name an existing file' });
}

function parseYaml(text: string, place: Place): unknown {
  const name = place.option.secret ? undefined : text;
  const value = loadYaml(parsePath(text, place), { where: place.where, name });
  return checkSchema(value, text, name === undefined ? place : { ...place, where: `${place.where}: ${name}` });
}

function choose(text: string, place: Place): unknown {
  const { option } = place;
  const same = option.ignoreCase
    ? (one: unknown) => String(one).toLowerCase() === text.toLowerCase()
    : (one: unknown) => String(one) === text;
  // 5.0 is the choice 5, and 60s the choice 60,000.
  const value = option.type === 'path' || option.type === 'yaml' ? text : valueTypes[option.type].parse(text);
  const choice = option.choices?.find((one) => same(one) || one === value);
  return choice ?? reject(place, text, choiceProblem(option, text));
}

function choiceProblem({ choices = [] }: OptionSpec, value: unknown): Problem {
  const names = choices.map(String);
  return { what: `is not one of ${names.join(', ')}`, mend: suggest(String(value), names, 'Give one of them') };
}

function runParse(parse: (text: string) => unknown, text: string, place: Place): unknown {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    reject(place, text, thrownProblem(asClause(messageOf(error)), place));
  }
  if (types.isPromise(value)) throw asynchronous(place, value, 'parse');
  return value;
}

/** `is no path. Use one such as /metrics` goes on from the value and may say what to do; any other message is quoted whole. */
function thrownProblem(message: string, place: Place): Problem {
  if (place.option.secret || !/^(?:is|has|must|does) /.test(message)) return { what: notValid(place, message), mend: 'Correct it' };
  const end = message.indexOf('. ');
  return end < 0 ? { what: message, mend: 'Correct it' } : { what: message.slice(0, end), mend: message.slice(end + 2) };
}
