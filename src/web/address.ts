import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';

/** A host as the operator wrote it, with what it means. */
export interface Host {
  readonly host: string;
  readonly addresses: readonly string[];
}

/** A socket to open. */
export interface Endpoint {
  /** The first host that means this address. */
  readonly host: string;
  readonly address: string;
  /** Whether an IPv6 socket leaves IPv4 alone. */
  readonly ipv6Only: boolean;
}

/** Looks a host up; brackets around an IPv6 address are taken off, and `*` means all addresses of the machine. */
export async function resolveHost(given: string): Promise<Host> {
  if (given === '*') return { host: '::', addresses: ['0.0.0.0', '::'] };
  const host = given.replace(/^\[(.*)\]$/, '$1');
  // Node warns when it is asked for nothing.
  const found = host === '' ? [] : await lookup(host, { all: true });
  return { host, addresses: [...new Set(found.map(({ address }) => address))] };
}

/** Plans one socket an address, and none for an address that a wildcard has already: `0.0.0.0` or `::`. */
export function planEndpoints(hosts: readonly Host[]): readonly Endpoint[] {
  const all = hosts.flatMap(({ host, addresses }) => addresses.map((address) => ({ host, address })));
  const first = (wanted: string): number => all.findIndex(({ address }) => address === wanted);
  const needed = all.filter(({ address }, index) => {
    const wildcard = isIPv6(address) ? '::' : '0.0.0.0';
    return first(address) === index && (address === wildcard || first(wildcard) === -1);
  });
  const hasIpv4 = needed.some(({ address }) => !isIPv6(address));
  return needed.map(({ host, address }) => ({ host, address, ipv6Only: hasIpv4 && isIPv6(address) }));
}

/** Writes the address of a server: `http://[::1]:9090`. */
export function formatOrigin(protocol: 'http' | 'https', host: string, port: number): string {
  return `${protocol}://${isIPv6(host) ? `[${host.replace('%', '%25')}]` : host}:${port}`;
}
