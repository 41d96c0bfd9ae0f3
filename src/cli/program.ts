import { builtinOptions } from '../model/builtin-option.js';
import type { ExporterSpec, OptionSpec } from '../model/spec.js';

/** A binary with one exporter, or with several as subcommands. */
export interface Program {
  readonly binaryName: string;
  readonly version: string;
  readonly description?: string;
  readonly commands: readonly ExporterSpec[];
  /** The one exporter is the root command. */
  readonly single: boolean;
}

/** The exporter that an invocation is about, as far as it is known. */
export function onlySpec({ commands, single }: Program): ExporterSpec | undefined {
  return single ? commands[0] : undefined;
}

/** All options of an exporter in the order of the help. */
export function optionsOf(spec: ExporterSpec): readonly OptionSpec[] {
  return [...spec.options, ...builtinOptions(spec)];
}

/** Whether an option needs no value on the command line. */
export function isFlag({ type, choices, parse }: OptionSpec): boolean {
  return type === 'boolean' && choices === undefined && parse === undefined;
}
