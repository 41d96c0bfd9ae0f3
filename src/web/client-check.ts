import type { TLSSocket } from 'node:tls';
import type { ClientPolicy, WebTls } from '../model/web-config.js';
import { readAltNames } from './alt-names.js';

interface Terms {
  /** Whether clients are asked for a certificate. */
  readonly asks: boolean;
  readonly needs: boolean;
  readonly verifies: boolean;
}

/** What each policy comes to. */
export const policyTerms: Readonly<Record<ClientPolicy, Terms>> = {
  NoClientCert: { asks: false, needs: false, verifies: false },
  RequestClientCert: { asks: true, needs: false, verifies: false },
  RequireAnyClientCert: { asks: true, needs: true, verifies: false },
  VerifyClientCertIfGiven: { asks: true, needs: false, verifies: true },
  RequireAndVerifyClientCert: { asks: true, needs: true, verifies: true },
};

type Client = Pick<TLSSocket, 'getPeerX509Certificate' | 'authorized' | 'authorizationError'>;

/** Says why a client is turned away after its handshake; undefined for one that is let in. */
export function refusalOf(client: Client, { clientPolicy, allowedSans }: Pick<WebTls, 'clientPolicy' | 'allowedSans'>): string | undefined {
  const { needs, verifies } = policyTerms[clientPolicy];
  const certificate = client.getPeerX509Certificate();
  // Node takes a resumed session without any certificate for authorized.
  if (!certificate) return needs || allowedSans.length > 0 ? 'the client sent no certificate' : undefined;
  if (verifies && !client.authorized) return `the certificate of the client is not good: ${String(client.authorizationError)}`;
  const isAllowed = allowedSans.length === 0 || readAltNames(certificate).some((name) => allowedSans.includes(name));
  return isAllowed ? undefined : 'the certificate of the client has no name that is allowed';
}
