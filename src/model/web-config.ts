/** Whether clients are asked for a certificate, and what it has to be; in the words of Prometheus's web configuration file. */
export const clientPolicies = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

export type ClientPolicy = (typeof clientPolicies)[number];

/** In Node's words. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** What a TLS server is made of. */
export interface WebTls {
  /** PEM. */
  readonly key: Buffer;
  /** PEM: the server's certificate, then those between it and a root. */
  readonly cert: Buffer;
  /** PEM of those who sign clients' certificates; undefined for the roots that Node knows. */
  readonly ca: Buffer | undefined;
  readonly clientPolicy: ClientPolicy;
  /** One of these has to be a subject alternative name of a client's certificate; empty for any. */
  readonly allowedSans: readonly string[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** OpenSSL's names, the best first; undefined for Node's choice. */
  readonly ciphers: readonly string[] | undefined;
  readonly prefersServerCiphers: boolean;
  /** OpenSSL's names, the best first; undefined for Node's choice. */
  readonly curves: readonly string[] | undefined;
}

/** So many requests at once, and one more at each interval. */
export interface RateLimit {
  readonly intervalMilliseconds: number;
  readonly burst: number;
}

/** How the server is protected, complete and checked. */
export interface WebConfig {
  /** Undefined: plain HTTP. */
  readonly tls: WebTls | undefined;
  /** Whether HTTP/2 is offered to those who speak TLS. */
  readonly http2: boolean;
  /** Response headers, by their name. */
  readonly headers: Readonly<Record<string, string>>;
  /** bcrypt hashes by user; without any, everybody is let in. */
  readonly users: ReadonlyMap<string, string>;
  /** Undefined: any number of requests. */
  readonly rateLimit: RateLimit | undefined;
}

/** The server of somebody who configures nothing: plain HTTP for everybody. */
export const openWebConfig: WebConfig = { tls: undefined, http2: true, headers: {}, users: new Map(), rateLimit: undefined };

/** TLS as it is without further words: clients with a certificate of the authorities only where these are given. */
export function createWebTls({ key, cert, ca }: Pick<WebTls, 'key' | 'cert'> & Partial<Pick<WebTls, 'ca'>>): WebTls {
  return {
    key,
    cert,
    ca,
    clientPolicy: ca === undefined ? 'NoClientCert' : 'RequireAndVerifyClientCert',
    allowedSans: [],
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: undefined,
    prefersServerCiphers: true,
    curves: undefined,
  };
}
