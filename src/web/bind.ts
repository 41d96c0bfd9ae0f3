import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './address.js';
import { closeServer } from './socket-place.js';

/** What was opened, and what could not be. */
export interface Bound {
  readonly servers: readonly Server[];
  readonly port: number;
  /** For addresses that the machine does not have. */
  readonly failures: readonly BindError[];
}

interface Terms {
  /** 0: any one that is free on all addresses. */
  readonly port: number;
  readonly createServer: () => Server;
}

/** Says which socket could not be opened. */
export class BindError extends Error {
  override readonly name = 'BindError';
  readonly endpoint: Endpoint;
  override readonly cause: NodeJS.ErrnoException;

  constructor(endpoint: Endpoint, cause: NodeJS.ErrnoException) {
    super(cause.message);
    this.endpoint = endpoint;
    this.cause = cause;
  }
}

/** Binds one server an address, all on one port, or none: what was opened is closed again when another fails. */
export async function bindAll(endpoints: readonly Endpoint[], terms: Terms, attempts = 20): Promise<Bound> {
  try {
    return await bindOnce(endpoints, terms);
  } catch (error) {
    // The port that is free on the first address may be in use on the second.
    const isTaken = error instanceof BindError && error.cause.code === 'EADDRINUSE';
    if (terms.port !== 0 || !isTaken || attempts === 1) throw error;
    return bindAll(endpoints, terms, attempts - 1);
  }
}

async function bindOnce(endpoints: readonly Endpoint[], { port: asked, createServer }: Terms): Promise<Bound> {
  const servers: Server[] = [];
  const failures: BindError[] = [];
  let port = asked;
  for (const endpoint of endpoints) {
    const server = createServer();
    try {
      await bind(server, endpoint, port);
      servers.push(server);
      ({ port } = server.address() as AddressInfo);
    } catch (error) {
      const failure = new BindError(endpoint, error as NodeJS.ErrnoException);
      if (!isMissing(failure.cause)) {
        await Promise.all(servers.map(closeServer));
        throw failure;
      }
      failures.push(failure);
    }
  }
  return { servers, port, failures };
}

async function bind(server: Server, { address, ipv6Only }: Endpoint, port: number): Promise<void> {
  server.listen({ host: address, port, ipv6Only });
  await once(server, 'listening');
}

/** A name may have addresses that the machine does not: `::1` without IPv6. */
function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}
