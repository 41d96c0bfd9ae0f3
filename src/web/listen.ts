import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { ScrapeError } from '../errors.js';
import { longestTimer } from '../model/duration.js';
import { openWebConfig, type WebConfig } from '../model/web-config.js';
import type { Logger } from '../log.js';
import { type Endpoint, formatOrigin, type Host, planEndpoints, resolveHost } from './address.js';
import { bindAll, BindError, type Bound } from './bind.js';
import { Connections } from './connections.js';
import { Front } from './front.js';
import { listenFault } from './listen-fault.js';

/** Where to listen. */
export interface ListenPlace {
  /** Names or addresses; each is looked up. */
  readonly hosts: readonly string[];
  /** 0: any one that is free on all addresses. */
  readonly port: number;
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
}

/** A server that is open. */
export interface Listening {
  /** One for each host, as it was given: `http://localhost:9090/`. */
  readonly urls: readonly string[];
  /**
   * Puts another configuration in force for the handshakes and requests to come, at all addresses; open connections stay.
   *
   * @throws ConfigError INVALID_TLS for what cannot be used; then nothing has changed.
   */
  apply(web: WebConfig): void;
  /**
   * Closes what is idle at once, and each other connection after its answer, at the latest when the grace time is over.
   * A second call returns the first one's promise.
   */
  close(graceMilliseconds: number): Promise<void>;
}

/**
 * Listens at all addresses of the hosts, or at none. An address that the machine does not have is left out where its host
 * has another.
 *
 * @throws ScrapeError LISTEN_FAILED with what the operator can do.
 */
export async function listen(callback: RequestListener, place: ListenPlace, terms: ListenTerms): Promise<Listening> {
  const connections = new Connections();
  const hosts = await Promise.all(place.hosts.map((host) => findHost(host, place)));
  const front = new Front(callback, place.web ?? openWebConfig, { ...terms, connections });
  const { servers, port, failures } = await bindHosts(hosts, place, () => front.createServer());
  const close = closeOnce(servers, connections);
  for (const server of servers) {
    // Such as too many open files while a connection is accepted.
    server.on('error', (error) => terms.log.error({ error: error.message }, 'cannot accept a connection'));
  }
  for (const { host, addresses } of hosts) {
    const [failure, ...others] = failures.filter(({ endpoint }) => addresses.includes(endpoint.address));
    if (failure && others.length + 1 === addresses.length) {
      await close(0);
      throw listenError(failure.cause, place, { host, address: failure.endpoint.address });
    }
  }
  return {
    get urls() {
      return [...new Set(hosts.map(({ host }) => `${formatOrigin(protocolOf(front), host, port)}/`))];
    },
    apply: (web) => front.apply(web),
    close,
  };
}

function protocolOf({ web }: Pick<ListenPlace, 'web'>): 'http' | 'https' {
  return web?.tls ? 'https' : 'http';
}

async function findHost(given: string, place: ListenPlace): Promise<Host> {
  try {
    const host = await resolveHost(given);
    if (host.addresses.length > 0) return host;
    throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  } catch (error) {
    throw listenError(error as Error, place, { host: given, address: given });
  }
}

async function bindHosts(hosts: readonly Host[], place: ListenPlace, createServer: () => Server): Promise<Bound> {
  try {
    return await bindAll(planEndpoints(hosts), { port: place.port, createServer });
  } catch (error) {
    throw error instanceof BindError ? listenError(error.cause, place, error.endpoint) : error;
  }
}

function listenError(error: Error, place: ListenPlace, { host, address }: Pick<Endpoint, 'host' | 'address'>): ScrapeError {
  const where = formatOrigin(protocolOf(place), host, place.port);
  return new ScrapeError(listenFault(error, { where, port: place.port, address }), { cause: error });
}

function closeOnce(servers: readonly Server[], connections: Connections): Listening['close'] {
  let closed: Promise<void> | undefined;
  const close = async (graceMilliseconds: number): Promise<void> => {
    const ends = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    connections.closeIdle();
    const timer = setTimeout(() => connections.closeAll(), Math.min(graceMilliseconds, longestTimer));
    await Promise.all(ends);
    clearTimeout(timer);
  };
  return (graceMilliseconds) => (closed ??= close(graceMilliseconds));
}
