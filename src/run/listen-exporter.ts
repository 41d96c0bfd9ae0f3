import { type Listening, listen, type TlsMaterial } from '../web/listen.js';
import { type ExporterRuntime, graceMilliseconds } from './exporter-runtime.js';

interface Place {
  readonly hosts?: readonly string[];
  /** 0: any free one. */
  readonly port?: number;
  readonly tls?: TlsMaterial | undefined;
}

/** Opens the exporter's own server, which closes when the exporter stops. An exporter that cannot listen is stopped. */
export async function listenExporter(exporter: ExporterRuntime, { hosts = ['localhost'], port = 0, tls }: Place = {}): Promise<Listening> {
  try {
    const listening = await listen(exporter.app.callback(), { hosts, port, tls }, { server: exporter.serverHeader, log: exporter.log });
    // A little longer than the scrapes have, so that what they say when they are aborted is still sent.
    exporter.onStop(() => listening.close(graceMilliseconds + 1_000));
    return listening;
  } catch (error) {
    await exporter.stop().catch(() => {});
    throw error;
  }
}
