import type { Logger } from '../log.js';
import type { LiveExporter } from '../model/hook.js';
import { buildExporter } from './build-exporter.js';

/** What `createExporter` takes besides the class. */
export interface CreateExporterOptions<T extends object = object> {
  /** Values by option name (`max-age`) or field (`maxAge`), builtin options included; a text is read as on the command line. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Where variables are looked up. Default: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: a logger on stderr, with the level and format of the options. */
  readonly log?: Logger;
  /** Builds the author's object. Default: `new Class()`. */
  readonly create?: () => T;
}

/**
 * Creates an exporter without a process around it: no command line, no listening, no environment unless given.
 *
 * Throws a DeclarationError where the class is wrong and a ConfigError where a value is.
 *
 * @example
 * const exporter = createExporter(WeatherExporter, { options: { city: 'Oslo' } });
 * app.use(mount('/weather', exporter.middleware()));
 * await exporter.start();
 */
export function createExporter<T extends object>(
  exporterClass: new (...parameters: never[]) => T,
  { options = {}, env = {}, log, create = () => new (exporterClass as new () => T)() }: CreateExporterOptions<T> = {},
): LiveExporter<T> {
  // Loaded here, so that a program that prints its help loads neither Koa nor prom-client.
  const { assembleExporter } = require('./assemble-exporter.js') as typeof import('./assemble-exporter.js');
  const { resolveConfig } = require('../config/resolve-config.js') as typeof import('../config/resolve-config.js');
  const built = buildExporter(exporterClass, create);
  const config = resolveConfig(built.spec, { given: options, givenWhere: ({ member }) => `options.${member}`, env, dotenv: 'named' });
  return assembleExporter(built, { config, log, stderr: process.stderr });
}
