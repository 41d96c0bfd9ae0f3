import { styleText } from 'node:util';
import type { ConfigError } from '../errors.js';
import { builtinOptions, isCollectorOption } from '../model/builtin-option.js';
import type { ExporterSpec, OptionSpec } from '../model/spec.js';
import { isWebOption } from '../model/web-option.js';
import { describeOption } from './describe-option.js';
import { metavarOf } from './metavar.js';
import { messageForOperator } from './mistake.js';
import { isFlag, onlySpec, type Program } from './program.js';
import { argumentTerm, commandName, usageLines } from './usage.js';
import { checkWebConfigName, negated } from './vocabulary.js';
import { wrap } from './wrap.js';

/** What the output can show. */
export interface HelpStyle {
  /** Taken as 40 to 100. */
  readonly columns: number;
  readonly colors: boolean;
}

/** Renders the help of a program, or of one of its commands, as Click does; ends in a line break. */
export function renderHelp(program: Program, spec: ExporterSpec | undefined, style: HelpStyle): string {
  const columns = Math.min(100, Math.max(40, style.columns));
  const shown = spec ?? onlySpec(program);
  const paint = painter(style.colors);
  const description =
    shown === undefined || (program.single && program.description !== undefined) ? program.description : shown.description;
  const usage = `${paint.heading('Usage:')} ${usageLines(program, shown, columns - usageIndent.length).join(`\n${usageIndent}`)}`;
  const sections = shown === undefined ? programSections(program) : commandSections(shown);
  const blocks = [
    usage,
    ...(description === undefined
      ? []
      : [
          wrap(description, columns - 2)
            .map(indent)
            .join('\n'),
        ]),
    ...sections.filter(({ rows }) => rows.length > 0).map((section) => renderSection(section, columns, paint)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Renders what an operator did wrong, as Click does; ends in a line break. */
export function renderMistake(program: Program, spec: ExporterSpec | undefined, error: ConfigError, colors: boolean): string {
  const shown = spec ?? onlySpec(program);
  const paint = painter(colors);
  return [
    `${paint.heading('Usage:')} ${usageLines(program, shown, Infinity).join('\n')}`,
    `Try '${commandName(program, shown)} --help' for help.`,
    '',
    `${paint.error('Error:')} ${messageForOperator(error)}`,
    '',
  ].join('\n');
}

const usageIndent = ' '.repeat('Usage: '.length);

interface Section {
  readonly title: string;
  /** What it is called, and what it means. */
  readonly rows: readonly (readonly [term: string, description: string])[];
}

const ownOptions: Section['rows'] = [
  ['--version', 'show the version and exit'],
  ['-h, --help', 'show this help and exit'],
];

const checkOption = [`--${checkWebConfigName} PATH`, 'check a web configuration file and exit'] as const;
const checkCommand = [checkWebConfigName, 'check web configuration files'] as const;

function programSections({ commands }: Program): readonly Section[] {
  return [
    { title: 'Commands:', rows: [...commands.map(({ command, description }) => [command, description] as const), checkCommand] },
    { title: 'Options:', rows: ownOptions },
  ];
}

const builtinSections: readonly { readonly title: string; readonly has: (name: string) => boolean }[] = [
  { title: 'Server options:', has: (name) => !isWebOption(name) && !isCollectorOption(name) },
  { title: 'Web options:', has: isWebOption },
  { title: 'Collector options:', has: isCollectorOption },
];

function commandSections(spec: ExporterSpec): readonly Section[] {
  const builtin = builtinOptions(spec);
  const toRows = (options: readonly OptionSpec[]): Section['rows'] => options.map((option) => [termOf(option), describeOption(option)]);
  return [
    { title: 'Arguments:', rows: toRows(spec.options.filter(({ positional }) => positional)) },
    { title: 'Options:', rows: toRows(spec.options.filter(({ positional }) => !positional)) },
    ...builtinSections.map(({ title, has }) => ({ title, rows: toRows(builtin.filter(({ name }) => has(name))) })),
    { title: 'Other options:', rows: [checkOption, ...ownOptions] },
  ];
}

/** `-p, --port INTEGER`, `--process-stats / --no-process-stats`. */
function termOf(option: OptionSpec): string {
  if (option.positional) return argumentTerm(option);
  const spellings = `${option.short === undefined ? '' : `-${option.short}, `}--${option.name}`;
  if (!isFlag(option)) return `${spellings} ${metavarOf(option)}${option.multiple ? '...' : ''}`;
  return option.name.startsWith('no-') ? spellings : `${spellings} / ${negated(option)}`;
}

function renderSection({ title, rows }: Section, columns: number, paint: Painter): string {
  const limit = Math.min(30, columns - 30);
  const termColumns = Math.max(...rows.map(([term]) => term.length).filter((length) => length <= limit), 0);
  const gap = termColumns + 4;
  const lines = rows.flatMap(([term, description]) => {
    const texts = wrap(description, columns - gap);
    if (term.length <= termColumns) {
      const [first, ...rest] = texts;
      return [indent(paint.names(term) + ' '.repeat(termColumns - term.length + 2) + first), ...rest.map((text) => ' '.repeat(gap) + text)];
    }
    const terms = wrap(term, columns - 2).map((line) => indent(paint.names(line)));
    return [...terms, ...texts.map((text) => ' '.repeat(gap) + text)];
  });
  return [paint.heading(title), ...lines].join('\n');
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

interface Painter {
  readonly heading: (text: string) => string;
  readonly error: (text: string) => string;
  /** Paints the option names in a text. */
  readonly names: (text: string) => string;
}

const plain: Painter = { heading: (text) => text, error: (text) => text, names: (text) => text };

function painter(colors: boolean): Painter {
  if (!colors) return plain;
  // The caller knows the stream; styleText would ask whether stdout is a terminal.
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) => styleText(format, text, { validateStream: false });
  return {
    heading: paint('bold'),
    error: paint(['bold', 'red']),
    names: (text) => text.replaceAll(/(?<=^|\s)--?[A-Za-z0-9][A-Za-z0-9.-]*/g, paint('cyan')),
  };
}
