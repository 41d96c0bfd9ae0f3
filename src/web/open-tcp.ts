import type { Server } from 'node:http';
import { ScrapeError } from '../errors.js';
import { type Endpoint, formatOrigin, type Host, planEndpoints, resolveHost } from './address.js';
import { bindAll, BindError, type Bound } from './bind.js';
import { listenFault } from './listen-fault.js';
import { closeServer, type Opened, type OpenTerms, type Protocol, type TcpPlace } from './socket-place.js';

/**
 * Listens at all addresses of the hosts, or at none. An address that the machine does not have is left out where its host
 * has another.
 */
export async function openTcp(place: TcpPlace, { createServer, protocol }: OpenTerms): Promise<Opened> {
  const told = { ...place, protocol };
  const hosts = await Promise.all(place.hosts.map((host) => findHost(host, told)));
  const { servers, port, failures } = await bindHosts(hosts, told, createServer);
  for (const { host, addresses } of hosts) {
    const [failure, ...others] = failures.filter(({ endpoint }) => addresses.includes(endpoint.address));
    if (failure && others.length + 1 === addresses.length) {
      await Promise.all(servers.map(closeServer));
      throw listenError(failure.cause, told, { host, address: failure.endpoint.address });
    }
  }
  return { servers, urls: (spoken) => [...new Set(hosts.map(({ host }) => `${formatOrigin(spoken, host, port)}/`))] };
}

type Place = TcpPlace & { readonly protocol: Protocol };

async function findHost(given: string, place: Place): Promise<Host> {
  try {
    const host = await resolveHost(given);
    if (host.addresses.length > 0) return host;
    throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  } catch (error) {
    throw listenError(error as Error, place, { host: given, address: given });
  }
}

async function bindHosts(hosts: readonly Host[], place: Place, createServer: () => Server): Promise<Bound> {
  try {
    return await bindAll(planEndpoints(hosts), { port: place.port, createServer });
  } catch (error) {
    throw error instanceof BindError ? listenError(error.cause, place, error.endpoint) : error;
  }
}

function listenError(error: Error, place: Place, { host, address }: Pick<Endpoint, 'host' | 'address'>): ScrapeError {
  const where = formatOrigin(place.protocol, host, place.port);
  return new ScrapeError(listenFault(error, { where, address, port: place.port, option: place.option }), { cause: error });
}
