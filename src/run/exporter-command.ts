import type { CommandClass } from '../cli/create-command.js';
import { ConfigError } from '../errors.js';
import { buildExporter, type ExporterClass } from './build-exporter.js';
import { commandLineWhere } from './run-exporter.js';

/**
 * Creates a clipanion command class of an exporter, to register in a `Cli` of the author's own. The path defaults to the
 * exporter's name. Syntax and error output are clipanion's; the values are checked here. While it serves, SIGINT and
 * SIGTERM stop it.
 *
 * Throws a DeclarationError where the class is wrong.
 *
 * @example
 * cli.register(exporterCommand(WeatherExporter, { paths: [['serve']] }));
 */
export function exporterCommand(
  exporterClass: ExporterClass,
  { paths }: { readonly paths?: readonly (readonly string[])[] } = {},
): CommandClass {
  const { createCommand, toUsageError } = require('../cli/create-command.js') as typeof import('../cli/create-command.js');
  const build = () => buildExporter(exporterClass, () => new exporterClass());
  const { spec } = build();
  const ownPaths = (paths ?? [[spec.name]]).map((path) => [...path]);
  return createCommand(spec, ownPaths, async (given, { env, stdout, stderr }, checks) => {
    if (checks.length > 0) {
      const { checkWebConfig } = require('./check-web-config.js') as typeof import('./check-web-config.js');
      return checkWebConfig(checks, { stdout, stderr });
    }
    const { resolveConfig } = require('../config/resolve-config.js') as typeof import('../config/resolve-config.js');
    const { serve } = require('./serve.js') as typeof import('./serve.js');
    try {
      // Built anew, since a command may run twice in one process.
      const built = build();
      const config = resolveConfig(built.spec, { given, givenWhere: commandLineWhere, env, dotenv: 'search' });
      return await serve(built, { config, env, stdout, stderr, ownsProcess: true });
    } catch (error) {
      throw error instanceof ConfigError ? toUsageError(error) : error;
    }
  });
}
