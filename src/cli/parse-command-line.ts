import type { Command } from 'clipanion';
import { ConfigError } from '../errors.js';
import { escapeControls } from '../log.js';
import { allOptions, builtinOptions } from '../model/builtin-option.js';
import { listOf, suggest } from '../model/nearest.js';
import type { ExporterSpec, OptionSpec } from '../model/spec.js';
import { onlySpec, type Program } from './program.js';
import { findChecks } from './find-checks.js';
import { unexpectedArgument } from './mistake.js';
import { readTokens, type Token } from './read-tokens.js';
import { createVocabulary, negated } from './vocabulary.js';

export type { Program };

/** What the operator asked for. */
export type Invocation =
  | { readonly kind: 'run'; readonly spec: ExporterSpec; /** By option name, unchecked. */ readonly given: Record<string, unknown> }
  | { readonly kind: 'help'; readonly spec?: ExporterSpec }
  | { readonly kind: 'version' }
  | { readonly kind: 'check-web-config'; readonly paths: readonly string[] };

/**
 * Reads a command line, without the program's name.
 *
 * @throws ConfigError for the first mistake, unless `--help` or `--version` stands anywhere before `--`.
 */
export function parseCommandLine(program: Program, argv: readonly string[]): Invocation {
  const spec = onlySpec(program) ?? findCommand(program, argv);
  const tokens = readTokens(argv, createVocabulary(spec ? allOptions(spec) : program.commands.slice(0, 1).flatMap(builtinOptions)));
  const has = (kind: Token['kind']): boolean => tokens.some((token) => token.kind === kind);
  if (has('help')) return spec ? { kind: 'help', spec } : { kind: 'help' };
  if (has('version')) return { kind: 'version' };
  const paths = findChecks(tokens, { program, spec });
  if (paths !== undefined) return { kind: 'check-web-config', paths };
  if (spec === undefined) throw commandError(program, argv, tokens);
  return { kind: 'run', spec, given: runClipanion(program, spec, tokens) };
}

/** Which words are arguments depends on the command, so each is tried; the one that explains the words before it best wins. */
function findCommand({ commands }: Program, argv: readonly string[]): ExporterSpec | undefined {
  const [best] = commands
    .flatMap((spec) => {
      const tokens = readTokens(argv, createVocabulary(allOptions(spec)));
      const index = tokens.findIndex(({ kind }) => kind === 'argument');
      const first = tokens[index];
      if (first?.kind !== 'argument' || first.text !== spec.command) return [];
      return [{ spec, mistakes: tokens.slice(0, index).filter(({ kind }) => kind === 'mistake').length }];
    })
    .sort((a, b) => a.mistakes - b.mistakes);
  return best?.spec;
}

function commandError({ commands }: Program, argv: readonly string[], tokens: readonly Token[]): ConfigError {
  const names = commands.map(({ command }) => command);
  for (const token of tokens) {
    if (token.kind === 'mistake') return new ConfigError(token.fault);
    if (token.kind !== 'argument') continue;
    // Behind an option it may be a part of a secret value that lacks its quotes.
    const where = token.text === argv[0] ? escapeControls(token.text) : 'COMMAND';
    return new ConfigError({ code: 'UNKNOWN_COMMAND', where, what: 'no such command', mend: suggest(token.text, names) });
  }
  return new ConfigError({ code: 'MISSING_COMMAND', where: 'COMMAND', what: 'is missing', mend: listOf(names) });
}

/** Before each value, so that clipanion takes none for an option, a command, or a mark of its own. */
const mark = '\u0002';

function runClipanion({ binaryName, single }: Program, spec: ExporterSpec, tokens: readonly Token[]): Record<string, unknown> {
  const canonical = canonicalWords(tokens, single ? undefined : spec.command);
  // Loaded here, since help and version do without.
  const { Cli } = require('clipanion') as typeof import('clipanion');
  const { createCommand, readGiven } = require('./create-command.js') as typeof import('./create-command.js');
  const cli = new Cli({ binaryName });
  cli.register(createCommand(spec, [single ? [] : [spec.command]], async () => 0));
  let command: Command;
  try {
    command = cli.process(canonical);
  } catch (error) {
    // Options are right by now; clipanion can only find that there are too many arguments.
    throw tooManyArguments(spec, error);
  }
  const given = Object.entries(readGiven(command, spec));
  return Object.fromEntries(given.map(([name, value]) => [name, unmark(value)]));
}

function canonicalWords(tokens: readonly Token[], command: string | undefined): string[] {
  let isCommandNext = command !== undefined;
  return tokens.flatMap((token) => {
    if (token.kind === 'mistake') throw new ConfigError(token.fault);
    if (token.kind === 'option') return canonicalOption(token.option, token.value);
    if (token.kind !== 'argument') return [];
    const isCommand = isCommandNext;
    isCommandNext = false;
    return [isCommand ? token.text : mark + token.text];
  });
}

function canonicalOption(option: OptionSpec, value: string | boolean): string[] {
  if (value === false) return [negated(option)];
  return value === true ? [`--${option.name}`] : [`--${option.name}`, mark + value];
}

function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  return typeof value === 'string' ? value.slice(mark.length) : value;
}

/** What clipanion says of an argument that no positional takes. */
const extraneous = new RegExp(`^Extraneous positional argument \\("${mark}([^]*)"\\)\\.$`);

function tooManyArguments(spec: ExporterSpec, error: unknown): unknown {
  const { candidates = [] } = error as { readonly candidates?: readonly { readonly reason: string | null }[] };
  const text = candidates.map(({ reason }) => extraneous.exec(reason ?? '')?.[1]).find((found) => found !== undefined);
  return text === undefined ? error : unexpectedArgument(text, spec, 'Leave it out, or quote values that hold blanks');
}
