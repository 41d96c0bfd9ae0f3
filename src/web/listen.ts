import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { longestTimer } from '../model/duration.js';
import { openWebConfig, type WebConfig } from '../model/web-config.js';
import type { Logger } from '../log.js';
import { Connections } from './connections.js';
import { Front } from './front.js';
import type { WebLimits } from './limits.js';
import { openSockets } from './open-sockets.js';
import type { RequestObserver } from './request-observer.js';
import type { Protocol, SocketPlace } from './socket-place.js';

/** Where to listen. */
export interface ListenPlace {
  readonly sockets: readonly SocketPlace[];
  /** Default: plain HTTP for everybody. */
  readonly web?: WebConfig | undefined;
}

/** What the server itself needs besides. */
export interface ListenTerms {
  /** The `Server` header of the answers that no application gives. */
  readonly server: string;
  readonly log: Logger;
  /** Which requests need no password; none unless given. */
  readonly isOpen?: ((req: IncomingMessage) => boolean) | undefined;
  /** Hears of all requests; nobody unless given. */
  readonly observer?: RequestObserver | undefined;
  /** Default: none. */
  readonly limits?: WebLimits | undefined;
}

/** A server that is open. */
export interface Listening {
  /** One for each host, as it was given, and each socket: `http://localhost:9090/`, `unix:/run/exporter.sock`. */
  readonly urls: readonly string[];
  /**
   * Puts another configuration in force for the handshakes and requests to come, at all addresses; open connections stay.
   *
   * @throws ConfigError INVALID_TLS for what cannot be used; then nothing has changed.
   */
  apply(web: WebConfig): void;
  /**
   * Closes what is idle at once, and each other connection after its answer, at the latest when the grace time is over.
   * Resolves to how many were cut off then. A second call returns the first one's promise.
   */
  close(graceMilliseconds: number): Promise<number>;
}

/**
 * Listens at all places, or at none.
 *
 * @throws ScrapeError LISTEN_FAILED with what the operator can do.
 */
export async function listen(
  callback: RequestListener,
  { sockets, web = openWebConfig }: ListenPlace,
  terms: ListenTerms,
): Promise<Listening> {
  const connections = new Connections();
  const front = new Front(callback, web, { ...terms, connections });
  const protocol = (): Protocol => (front.web.tls ? 'https' : 'http');
  const { servers, urls } = await openSockets(sockets, { createServer: () => front.createServer(), protocol: protocol() });
  for (const server of servers) {
    // Such as too many open files while a connection is accepted.
    server.on('error', (error) => terms.log.error({ error: error.message }, 'cannot accept a connection'));
  }
  return {
    get urls() {
      return urls(protocol());
    },
    apply: (changed) => front.apply(changed),
    close: closeOnce(servers, connections),
  };
}

function closeOnce(servers: readonly Server[], connections: Connections): Listening['close'] {
  let closed: Promise<number> | undefined;
  const close = async (graceMilliseconds: number): Promise<number> => {
    let cutOff = 0;
    const ends = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    connections.closeIdle();
    const timer = setTimeout(() => (cutOff = connections.closeAll()), Math.min(graceMilliseconds, longestTimer));
    await Promise.all(ends);
    clearTimeout(timer);
    return cutOff;
  };
  return (graceMilliseconds) => (closed ??= close(graceMilliseconds));
}
