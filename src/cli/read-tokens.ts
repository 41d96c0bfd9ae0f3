import { noBoolean, parseBoolean } from '../config/boolean.js';
import { invalidValue } from '../config/place.js';
import type { Fault } from '../errors.js';
import { escapeControls } from '../log.js';
import type { OptionSpec } from '../model/spec.js';
import { metavarOf } from './metavar.js';
import { type Meaning, suggestSpelling, type Vocabulary } from './vocabulary.js';

/** One meaningful piece of a command line. */
export type Token =
  | { readonly kind: 'option'; readonly option: OptionSpec; readonly value: string | boolean }
  | { readonly kind: 'argument'; readonly text: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'check-web-config'; readonly path: string }
  | { readonly kind: 'mistake'; readonly fault: Fault };

/**
 * Splits a command line into options with their values, and arguments. Knows what clipanion's parser does not: `-p5`,
 * `--num -5`, `--flag=false`, `--http2=v`. Goes on after a mistake, since `--help` may follow.
 */
export function readTokens(argv: readonly string[], vocabulary: Vocabulary): readonly Token[] {
  const tokens: Token[] = [];
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      tokens.push(...words.map((text): Token => ({ kind: 'argument', text })));
      break;
    }
    if (word.startsWith('--')) tokens.push(readLong(word, words, vocabulary));
    else if (isShort(word, vocabulary)) tokens.push(...readShort(word, words, vocabulary));
    else tokens.push({ kind: 'argument', text: word });
  }
  return tokens;
}

const negativeNumber = /^-\.?\d/;

/** A negative number is an argument, unless an option is called so. */
function isShort(word: string, vocabulary: Vocabulary): boolean {
  return word.startsWith('-') && word !== '-' && (!negativeNumber.test(word) || vocabulary.has(word.slice(0, 2)));
}

/** Other words that begin with a hyphen are meant as options: the value was forgotten. */
function canBeValue(word: string | undefined): word is string {
  return word !== undefined && (!word.startsWith('-') || word === '-' || negativeNumber.test(word));
}

function readLong(word: string, words: string[], vocabulary: Vocabulary): Token {
  const end = word.indexOf('=');
  const spelling = end < 0 ? word : word.slice(0, end);
  return readOption({ spelling, bound: end < 0 ? undefined : word.slice(end + 1) }, words, vocabulary);
}

/** One letter, a letter with its value, or several flags in one word, of which the last may have a value. */
function readShort(word: string, words: string[], vocabulary: Vocabulary): readonly Token[] {
  const tokens: Token[] = [];
  let rest = word.slice(1);
  while (rest !== '') {
    const spelling = `-${String.fromCodePoint(rest.codePointAt(0)!)}`;
    rest = rest.slice(spelling.length - 1);
    const meaning = vocabulary.get(spelling);
    const endsHere = meaning === undefined || takesValue(meaning) || rest.startsWith('=');
    const bound = endsHere && rest !== '' ? rest.replace(/^=/, '') : undefined;
    tokens.push(readOption({ spelling, bound }, words, vocabulary));
    if (endsHere) break;
  }
  return tokens;
}

function takesValue(meaning: Meaning): boolean {
  return meaning === 'check-web-config' || (typeof meaning === 'object' && meaning.flag === undefined);
}

interface Occurrence {
  /** As written, with its hyphens. */
  readonly spelling: string;
  /** The value in the same word, if any. */
  readonly bound: string | undefined;
}

function readOption({ spelling, bound }: Occurrence, words: string[], vocabulary: Vocabulary): Token {
  const meaning = vocabulary.get(spelling);
  if (meaning === undefined) {
    return mistake('UNKNOWN_OPTION', escapeControls(spelling), 'no such option', suggestSpelling(spelling, vocabulary));
  }
  if (meaning === 'check-web-config') {
    return readValue({ name: meaning, metavar: 'PATH', bound }, words, (path) => ({ kind: meaning, path }));
  }
  if (typeof meaning === 'string') return bound === undefined ? { kind: meaning } : needless(spelling);
  const { option, flag } = meaning;
  if (flag !== undefined) return readFlag(option, flag, { spelling, bound });
  return readValue({ name: option.name, metavar: metavarOf(option), bound }, words, (value) => ({ kind: 'option', option, value }));
}

interface Valued {
  readonly name: string;
  readonly metavar: string;
  /** The value in the same word, if any; else it is the next word. */
  readonly bound: string | undefined;
}

function readValue({ name, metavar, bound }: Valued, words: string[], toToken: (value: string) => Token): Token {
  if (bound !== undefined) return toToken(bound);
  const [next] = words;
  if (canBeValue(next)) return toToken(words.shift()!);
  const mend =
    next === undefined || next === '--' ? `Give one: --${name} ${metavar}` : `Give one; if it begins with a hyphen: --${name}=${metavar}`;
  return mistake('MISSING_VALUE', `--${name}`, 'needs a value', mend);
}

function readFlag(option: OptionSpec, flag: boolean, { spelling, bound }: Occurrence): Token {
  if (bound === undefined) return { kind: 'option', option, value: flag };
  if (!flag) return needless(spelling);
  const value = parseBoolean(bound);
  if (value !== undefined) return { kind: 'option', option, value };
  return { kind: 'mistake', fault: invalidValue({ option, where: `--${option.name}` }, bound, noBoolean) };
}

function needless(spelling: string): Token {
  return mistake('UNEXPECTED_VALUE', spelling, 'takes no value', `Write ${spelling} alone`);
}

function mistake(code: Fault['code'], where: string, what: string, mend: string): Token {
  return { kind: 'mistake', fault: { code, where, what, mend } };
}
