import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import type { Program } from '../cli/parse-command-line.js';
import { ConfigError, DeclarationError } from '../errors.js';
import { variablesOf } from '../config/variable.js';
import { type BuiltExporter, buildExporter, type ExporterClass } from './build-exporter.js';
import { checkCommands } from './check-commands.js';
import { exitProcess, ignoreWriteErrors } from './process.js';
import { programVersion } from './program-version.js';
import type { Output } from './serve.js';

/** What `runExporter` takes besides the class or classes. */
export interface RunExporterOptions {
  /** The binary's name in help and errors. Default: the exporter's; for several, the program's file name. */
  readonly name?: string;
  /** Default: the exporter's, else that of the nearest package.json of the running program, else "unknown". */
  readonly version?: string;
  /** What a binary of several exporters is for. */
  readonly description?: string;
  /** The arguments after the program's name. Given, the process is left alone: no signal handlers, no exit. */
  readonly argv?: readonly string[];
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdout?: Writable;
  readonly stderr?: Writable;
}

/**
 * Does everything: reads the command line, the environment and the dotenv file, starts the exporter and serves it until
 * it is stopped. Several classes make one binary with a subcommand each. Resolves to the exit code: 0 after a stop,
 * 1 for a failure at run time or a wrong declaration, 2 for a mistake of the operator; each is told on stderr.
 *
 * @example
 * void runExporter(WeatherExporter);
 */
export async function runExporter(exporters: ExporterClass | readonly ExporterClass[], options: RunExporterOptions = {}): Promise<number> {
  const ownsProcess = options.argv === undefined;
  if (ownsProcess) ignoreWriteErrors();
  const code = await run(exporters, options, ownsProcess);
  if (ownsProcess) await exitProcess(code);
  return code;
}

async function run(
  exporters: ExporterClass | readonly ExporterClass[],
  options: RunExporterOptions,
  ownsProcess: boolean,
): Promise<number> {
  const { argv = process.argv.slice(2), env = process.env, stdout = process.stdout, stderr = process.stderr } = options;
  try {
    const classes = Array.isArray(exporters) ? (exporters as readonly ExporterClass[]) : [exporters as ExporterClass];
    const built = classes.map((exporterClass) => buildExporter(exporterClass, () => new exporterClass()));
    checkCommands(built.map(({ spec }) => spec));
    const program = describeProgram(built, !Array.isArray(exporters), options);
    return await runProgram(program, built, { argv, env, stdout, stderr, ownsProcess });
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    stderr.write(`${error.name}: ${error.message}\n`);
    return 1;
  }
}

function describeProgram(built: readonly BuiltExporter[], single: boolean, { name, version, description }: RunExporterOptions): Program {
  const only = single ? built[0]?.spec : undefined;
  return {
    binaryName: name ?? only?.name ?? basename(process.argv[1] ?? 'exporter').replace(/\.[cm]?[jt]s$/, ''),
    version: version ?? only?.version ?? programVersion(),
    ...(description === undefined ? {} : { description }),
    commands: built.map(({ spec }) => spec),
    single,
  };
}

interface Run extends Output {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ownsProcess: boolean;
}

async function runProgram(program: Program, built: readonly BuiltExporter[], { argv, env, ownsProcess, ...output }: Run): Promise<number> {
  const { parseCommandLine } = require('../cli/parse-command-line.js') as typeof import('../cli/parse-command-line.js');
  const { renderHelp, renderMistake } = require('../cli/render-help.js') as typeof import('../cli/render-help.js');
  const { stdout, stderr } = output;
  // Known before the command line is parsed, so that mistakes in it show the right usage.
  let chosen = program.single ? built[0] : built.find(({ spec }) => spec.command === argv[0]);
  try {
    const invocation = parseCommandLine(program, argv);
    if (invocation.kind === 'help') {
      stdout.write(renderHelp(program, invocation.spec, styleOf(stdout, env)));
      return 0;
    }
    if (invocation.kind === 'version') {
      stdout.write(`${program.binaryName} ${program.version}\n`);
      return 0;
    }
    if (invocation.kind === 'check-web-config') {
      const { checkWebConfig } = require('./check-web-config.js') as typeof import('./check-web-config.js');
      return checkWebConfig(invocation.paths, output);
    }
    chosen = built.find(({ spec }) => spec === invocation.spec) as BuiltExporter;
    // Loaded here: who asks for help should not wait for Koa, prom-client and pino.
    const { resolveConfig } = require('../config/resolve-config.js') as typeof import('../config/resolve-config.js');
    const foreignVariables = program.commands.flatMap(({ options }) => options.flatMap(variablesOf));
    const config = resolveConfig(chosen.spec, {
      given: invocation.given,
      givenWhere: commandLineWhere,
      env,
      dotenv: 'search',
      foreignVariables,
    });
    const { serve } = require('./serve.js') as typeof import('./serve.js');
    return await serve(chosen, { config, version: program.version, env, ownsProcess, ...output });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    stderr.write(renderMistake(program, chosen?.spec, error, styleOf(stderr, env).colors));
    return 2;
  }
}

/** How an option is spelt in messages about the command line. */
export function commandLineWhere({ name, positional }: { readonly name: string; readonly positional: boolean }): string {
  return positional ? name.toUpperCase() : `--${name}`;
}

function styleOf(stream: Writable, env: Run['env']): { readonly columns: number; readonly colors: boolean } {
  const { isTTY = false, columns } = stream as Partial<NodeJS.WriteStream>;
  // A terminal may say 0 when it does not know.
  return { columns: Number(env['COLUMNS']) || columns || 80, colors: isTTY && !env['NO_COLOR'] };
}
