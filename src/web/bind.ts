import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './address.js';

/** What was opened, and what could not be. */
export interface Bound {
  readonly servers: readonly Server[];
  readonly port: number;
  /** By address: of addresses that the machine does not have. */
  readonly unavailable: ReadonlyMap<string, Error>;
}

interface Terms {
  /** 0: any one that is free on all addresses. */
  readonly port: number;
  readonly createServer: () => Server;
}

/** Thrown with the address at which binding failed. */
export class BindError extends Error {
  override readonly name = 'BindError';
  readonly address: string;
  override readonly cause: NodeJS.ErrnoException;

  constructor(address: string, cause: NodeJS.ErrnoException) {
    super(cause.message);
    this.address = address;
    this.cause = cause;
  }
}

const attempts = 20;

/** Binds one server an address, all on one port, or none: what was opened is closed again when another fails. */
export async function bindAll(endpoints: readonly Endpoint[], terms: Terms): Promise<Bound> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await bindOnce(endpoints, terms);
    } catch (error) {
      // The port that is free on the first address may be in use on the second.
      const isTaken = error instanceof BindError && error.cause.code === 'EADDRINUSE';
      if (terms.port !== 0 || !isTaken || attempt === attempts) throw error;
    }
  }
}

async function bindOnce(endpoints: readonly Endpoint[], { port: asked, createServer }: Terms): Promise<Bound> {
  const servers: Server[] = [];
  const unavailable = new Map<string, Error>();
  let port = asked;
  for (const { address, ipv6Only } of endpoints) {
    const server = createServer();
    try {
      server.listen({ host: address, port, ipv6Only });
      await once(server, 'listening');
    } catch (error) {
      const cause = error as NodeJS.ErrnoException;
      if (!isMissing(cause)) {
        await Promise.all(servers.map(close));
        throw new BindError(address, cause);
      }
      unavailable.set(address, cause);
      continue;
    }
    servers.push(server);
    ({ port } = server.address() as AddressInfo);
  }
  return { servers, port, unavailable };
}

/** A name may have addresses that the machine does not: `::1` without IPv6. */
function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
