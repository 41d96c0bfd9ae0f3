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

/** Whether an option needs no value on the command line. */
export function isFlag({ type, choices, parse }: OptionSpec): boolean {
  return type === 'boolean' && choices === undefined && parse === undefined;
}
