import type { ExporterSpec } from '../model/spec.js';
import { metavarOf } from './metavar.js';
import { onlySpec, type Program } from './program.js';
import { wrap } from './wrap.js';

/** How the command is called: `tool weather`. */
export function commandName(program: Program, spec: ExporterSpec | undefined): string {
  return spec === undefined || onlySpec(program) === spec ? program.binaryName : `${program.binaryName} ${spec.command}`;
}

/** The words behind `Usage:`, in one line or more; those after the first are indented. */
export function usageLines(program: Program, spec: ExporterSpec | undefined, columns: number): readonly string[] {
  const positionals = spec?.options.filter(({ positional }) => positional) ?? [];
  const words = spec === undefined ? ['COMMAND', '[ARGS]...'] : positionals.map(argumentTerm);
  const name = commandName(program, spec);
  const indent = Math.min(name.length + 1, Math.floor(columns / 2));
  const [first = '', ...rest] = wrap(['[OPTIONS]', ...words].join(' '), columns - indent);
  return [`${name} ${first}`, ...rest.map((line) => ' '.repeat(indent) + line)];
}

/** `CITY`, `[CITY]`, `[CITY]...` */
export function argumentTerm(option: ExporterSpec['options'][number]): string {
  const name = metavarOf(option);
  return `${option.required ? name : `[${name}]`}${option.multiple ? '...' : ''}`;
}
