import { healthPathsOf } from '../web/health.js';
import { type Listening, listen } from '../web/listen.js';
import { createOpenPaths } from '../web/open-path.js';
import { serverHeader } from '../web/site.js';
import type { ExporterRuntime } from './exporter-runtime.js';
import { limitsOf } from './limits-of.js';
import { listenPlaces } from './listen-places.js';
import type { WebConfiguration } from './web-configuration.js';

interface Opening {
  /** Default: that of the configuration. 0: any free one. */
  readonly port?: number;
  readonly web: WebConfiguration;
}

/** Opens the exporter's own server, which closes when the exporter stops. An exporter that cannot listen is stopped. */
export async function listenExporter(exporter: ExporterRuntime, { port, web }: Opening): Promise<Listening> {
  const place = { sockets: listenPlaces(exporter.config, port), web: web.web };
  const { site, log, requestObserver: observer } = exporter;
  const { server } = exporter.config;
  const opening = listen(exporter.app.callback(), place, {
    server: serverHeader(site),
    log,
    // Which requests the operator lets in without a password.
    isOpen: server.webOpenHealth ? createOpenPaths(healthPathsOf(site)) : undefined,
    observer,
    limits: limitsOf(server),
  });
  exporter.onStop(async () => {
    web.stop();
    // A stop may come while hosts are still looked up.
    const listening = await opening.catch(() => undefined);
    // A little longer than the scrapes have, so that what they say when they are aborted is still sent.
    const connections = (await listening?.close(server.shutdownTimeout + 1_000)) ?? 0;
    if (connections > 0) exporter.log.error({ connections }, 'connections cut off');
    return connections === 0;
  });
  try {
    const listening = await opening;
    if (web.hasFiles && !exporter.isStopping) follow(exporter, web, listening);
    return listening;
  } catch (error) {
    await exporter.fail(error);
    throw error;
  }
}

function follow(exporter: ExporterRuntime, web: WebConfiguration, listening: Listening): void {
  web.follow({ apply: (config) => listening.apply(config), log: exporter.log, onEnd: exporter.watchReloads('web_config') });
  exporter.addReloadable(web);
}
