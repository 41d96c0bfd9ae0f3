import type { Writable } from 'node:stream';
import { loadWebConfig } from '../config/load-web-config.js';
import type { Config } from '../config/resolve-config.js';
import { ConfigError, ExitExporter, messageOf } from '../errors.js';
import { assembleExporter } from './assemble-exporter.js';
import type { BuiltExporter } from './build-exporter.js';
import { listenExporter } from './listen-exporter.js';
import { notifySystemd } from './notify-systemd.js';
import { reloadOnSignal, stopOnSignals } from './process.js';
import { watchExit } from './watch-exit.js';
import { WebConfiguration } from './web-configuration.js';

/** Where a program writes. */
export interface Output {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

interface Serving extends Output {
  readonly config: Config;
  readonly version?: string | undefined;
  /** Where systemd says how it wants to hear of the exporter. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether SIGINT and SIGTERM stop the exporter, systemd hears of it, and an end of the process before its own is told. */
  readonly ownsProcess: boolean;
}

/**
 * Serves an exporter until it is stopped, and resolves to the exit code.
 *
 * @throws ConfigError where the web configuration or its files cannot be used, before anything has started.
 */
export async function serve(built: BuiltExporter, { config, version, env, ownsProcess, ...output }: Serving): Promise<number> {
  const web = new WebConfiguration(() => loadWebConfig(config.server, config.whereOf));
  const exporter = assembleExporter(built, { config, version, stderr: output.stderr });
  const systemd = ownsProcess ? notifySystemd(exporter, env) : undefined;
  const begin = async (): Promise<void> => {
    await exporter.start();
    const { urls } = await listenExporter(exporter, { web }).catch((error: unknown) => {
      exporter.log.error({ error: messageOf(error) }, 'cannot listen');
      throw error;
    });
    if (exporter.isStopping) return;
    exporter.log.info({ urls }, 'listening');
    systemd?.listening(urls);
  };
  // Not at once, since a signal that comes while a hook keeps the process busy has to find who listens to it.
  const served = Promise.resolve().then(begin);
  const releases = ownsProcess ? [stopOnSignals(exporter), reloadOnSignal(exporter, served), watchExit(output.stderr)] : [];
  // What fails here stops the exporter, and is told by its end. A hook that hangs is left behind when it stops.
  served.catch(() => {});
  const { startFailure, stopFailure, isClean } = await exporter.stopped;
  await systemd?.end();
  for (const release of releases) release();
  if (startFailure) return tellFailure(startFailure.error, output);
  const code = stopFailure || !isClean ? 1 : 0;
  exporter.log.info({ code }, 'stopped');
  return code;
}

/** Tells the operator why an exporter did not come to serve, and gives the exit code. All other failures are logged already. */
function tellFailure(error: unknown, { stdout, stderr }: Output): number {
  if (error instanceof ExitExporter) {
    if (error.message !== '') (error.exitCode === 0 ? stdout : stderr).write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    stderr.write(`Error: ${error.message}\n`);
    return 2;
  }
  return 1;
}
