import { isIPv4, isIPv6 } from 'node:net';

/** Where operators want the server to listen. */
export type ListenAddress = TcpAddress | UnixAddress;

export interface TcpAddress {
  readonly kind: 'tcp';
  /** A name or an address without brackets; empty for all addresses of the machine. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export interface UnixAddress {
  readonly kind: 'unix';
  /** Absolute. */
  readonly path: string;
}

/** `localhost:9100`, `[::1]:9100`, `:9100`, `unix:/run/x.sock` → an address; throws for anything else. */
export function parseListenAddress(text: string): ListenAddress {
  if (text.startsWith('unix:')) return parseUnixAddress(text.slice('unix:'.length));
  const [, bracketed, bare, digits] = /^(?:\[([^\]]*)\]|([^[\]]*)):(\d*)$/.exec(text) ?? [];
  if (digits === undefined) {
    const isPath = text.startsWith('/');
    throw new Error(`is no address to listen at. ${isPath ? `Write unix:${text}` : `Give host and port, such as ${exampleOf(text)}`}`);
  }
  if (digits === '') throw new Error('has no port. Add one, such as :9100, or :0 for any free one');
  if (bare !== undefined && bare.includes(':')) throw new Error('has an IPv6 address without brackets. Write it as [::1]:9100');
  if (bracketed !== undefined && !isIPv6(bracketed)) throw new Error('has no IPv6 address in its brackets. Write it as [::1]:9100');
  if (bare !== undefined && !isHost(bare)) throw new Error('has no host that can be. Give a name or an address, such as 127.0.0.1:9100');
  const port = Number(digits);
  if (port > 65_535) throw new Error('has a port that is not in the range 0..65535. Give a port in it');
  return { kind: 'tcp', host: bracketed ?? bare ?? '', port };
}

/** Three or four octal digits of a mode that lets the owner at least read and write → the same digits; throws for anything else. */
export function parseSocketMode(text: string): string {
  if (!/^0?[0-7]{3}$/.test(text)) throw new Error('is no mode. Give three octal digits, such as 660');
  if ((Number.parseInt(text, 8) & 0o600) !== 0o600) throw new Error('is a mode that shuts out its owner. Give 6 or 7 as the first digit');
  return text;
}

function parseUnixAddress(path: string): UnixAddress {
  if (!path.startsWith('/')) throw new Error('is no absolute path. Write it as unix:/run/exporter.sock');
  if (path.endsWith('/')) throw new Error('is a folder. Add the name of the socket');
  if (path.includes('\0')) throw new Error('has a character that no path may have. Give another path');
  return { kind: 'unix', path };
}

function isHost(host: string): boolean {
  // A name of numbers alone is an address that was mistyped.
  if (/^[\d.]+$/.test(host)) return isIPv4(host);
  return host === '' || (host.length <= 253 && /^[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_.])?$/u.test(host));
}

function exampleOf(text: string): string {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return `:${text}`;
  return isIPv6(text) ? `[${text}]:9100` : 'localhost:9100';
}
