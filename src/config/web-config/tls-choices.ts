import { type ClientPolicy, clientPolicies, type TlsVersion } from '../../model/web-config.js';

/** The oldest first. */
export const tlsVersions: ReadonlyMap<string, TlsVersion> = new Map([
  ['TLS10', 'TLSv1'],
  ['TLS11', 'TLSv1.1'],
  ['TLS12', 'TLSv1.2'],
  ['TLS13', 'TLSv1.3'],
]);

export function isOlder(version: TlsVersion, other: TlsVersion): boolean {
  const order = [...tlsVersions.values()];
  return order.indexOf(version) < order.indexOf(other);
}

/** Go's names → OpenSSL's. */
export const curves: ReadonlyMap<string, string> = new Map([
  ['CurveP256', 'P-256'],
  ['CurveP384', 'P-384'],
  ['CurveP521', 'P-521'],
  ['X25519', 'X25519'],
]);

export const policies: ReadonlyMap<string, ClientPolicy> = new Map([
  ...clientPolicies.map((policy) => [policy, policy] as const),
  ['RequireClientCert', 'RequireAnyClientCert'],
]);

/** Those under which a client never comes without a certificate. */
export const requiringPolicies: readonly ClientPolicy[] = ['RequireAnyClientCert', 'RequireAndVerifyClientCert'];
