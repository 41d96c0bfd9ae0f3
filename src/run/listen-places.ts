import type { Config } from '../config/resolve-config.js';
import type { TcpAddress } from '../model/listen-address.js';
import type { SocketPlace, TcpPlace } from '../web/socket-place.js';

/** Where an exporter listens: on what systemd passes on, else at the listen addresses, else at the hosts on one port. */
export function listenPlaces(
  { server, systemdSockets }: Pick<Config, 'server' | 'systemdSockets'>,
  port = server.port,
): readonly SocketPlace[] {
  if (systemdSockets.length > 0) return systemdSockets.map((socket) => ({ kind: 'inherited', ...socket }));
  const { hosts, webListenAddress: addresses } = server;
  if (addresses.length === 0) return [{ kind: 'tcp', hosts, port }];
  const mode = Number.parseInt(server.webSocketMode, 8);
  const paths = new Set(addresses.flatMap((address) => (address.kind === 'unix' ? [address.path] : [])));
  return [
    ...placesByPort(addresses.filter((address) => address.kind === 'tcp')),
    ...[...paths].map((path) => ({ kind: 'unix', path, mode }) as const),
  ];
}

/** Hosts that share a port are planned together, since one may have the address of another; each 0 is a port of its own. */
function placesByPort(addresses: readonly TcpAddress[]): readonly TcpPlace[] {
  const hostsByPort = new Map<number, string[]>();
  const places: { readonly hosts: string[]; readonly port: number }[] = [];
  for (const { host, port } of addresses) {
    const known = port === 0 ? undefined : hostsByPort.get(port);
    const hosts = known ?? [];
    hosts.push(host === '' ? '*' : host);
    if (known !== undefined) continue;
    hostsByPort.set(port, hosts);
    places.push({ hosts, port });
  }
  return places.map((place) => ({ kind: 'tcp', option: '--web-listen-address', ...place }));
}
