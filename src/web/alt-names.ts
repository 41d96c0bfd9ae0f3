import type { X509Certificate } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';

/**
 * Reads the DNS names, e-mail addresses, IP addresses and URIs that a certificate speaks for. None where the list cannot be
 * read as a whole.
 */
export function readAltNames({ subjectAltName = '' }: Pick<X509Certificate, 'subjectAltName'>): readonly string[] {
  const found = [...subjectAltName.matchAll(entry)];
  if (found.map(([text]) => text).join('') !== subjectAltName) return [];
  return found.flatMap(([, kind = '', value = '']) => readers[kind]?.(unquote(value)) ?? []);
}

/** Node quotes a value that could be taken for several: `DNS:"a.org, DNS:b.org"`. */
const entry = /(?:^|(?<!^), )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^",]*)/gy;

const readers: Readonly<Record<string, (value: string) => string>> = {
  DNS: (name) => name,
  email: (address) => address,
  URI: (uri) => uri,
  'IP Address': writeAddress,
};

function unquote(value: string): string {
  return value.startsWith('"') ? String(JSON.parse(value)) : value;
}

/** OpenSSL writes all parts of an IPv6 address: `0:0:0:0:0:0:0:1`. */
function writeAddress(text: string): string {
  return isIPv6(text) ? new SocketAddress({ address: text, family: 'ipv6' }).address : text;
}
