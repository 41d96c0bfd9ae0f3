import type { Writable } from 'node:stream';
import { loadTls } from '../config/load-tls.js';
import type { Config } from '../config/resolve-config.js';
import { ConfigError, ExitExporter, messageOf, ScrapeError } from '../errors.js';
import type { Logger } from '../log.js';
import { assembleExporter } from './assemble-exporter.js';
import type { BuiltExporter } from './build-exporter.js';
import { listenExporter } from './listen-exporter.js';
import { stopOnSignals } from './process.js';

/** Where a program writes. */
export interface Output {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

interface Service extends Output {
  readonly config: Config;
  readonly version?: string | undefined;
  /** Whether SIGINT and SIGTERM stop the exporter. */
  readonly handlesSignals: boolean;
}

/**
 * Serves an exporter until it is stopped, and resolves to the exit code.
 *
 * @throws ConfigError where the key pair or the CA cannot be used, before anything has started.
 */
export async function serve(built: BuiltExporter, { config, version, handlesSignals, ...output }: Service): Promise<number> {
  const tls = loadTls(config.server);
  const exporter = assembleExporter(built, { config, version, stderr: output.stderr });
  const release = handlesSignals ? stopOnSignals(exporter) : () => {};
  try {
    await exporter.start();
    const { urls } = await listenExporter(exporter, { ...config.server, tls });
    exporter.log.info({ urls }, 'listening');
    const { error } = await exporter.stopped;
    exporter.log.info('stopped');
    return error === undefined ? 0 : 1;
  } catch (error) {
    return tellFailure(error, exporter.log, output);
  } finally {
    release();
  }
}

/** Tells why an exporter did not come to serve, and gives the exit code. Failures of hooks are logged already. */
function tellFailure(error: unknown, log: Logger, { stdout, stderr }: Output): number {
  if (error instanceof ExitExporter) {
    if (error.message !== '') (error.exitCode === 0 ? stdout : stderr).write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    stderr.write(`Error: ${error.message}\n`);
    return 2;
  }
  if (error instanceof ScrapeError && error.code === 'NOT_RUNNING') return 0;
  if (error instanceof ScrapeError && error.code === 'LISTEN_FAILED') log.error({ error: messageOf(error) }, 'cannot listen');
  return 1;
}
