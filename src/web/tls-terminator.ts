import type { Socket } from 'node:net';
import { createServer, DEFAULT_CIPHERS, type TlsOptions, type TLSSocket } from 'node:tls';
import { ConfigError, messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { WebConfig, WebTls } from '../model/web-config.js';
import { describeSocketError } from './bad-request.js';
import { policyTerms, refusalOf } from './client-check.js';

/** Does the handshake on a connection that has just come. */
export type Terminator = (raw: Socket) => void;

interface Terms {
  readonly log: Logger;
  /** How long a handshake may take; 0 for as long as Node lets it. */
  readonly handshakeMilliseconds: number;
}

/**
 * Creates what turns connections into those of clients that may come in, each told to `onSecure`.
 *
 * @throws ConfigError INVALID_TLS for what OpenSSL cannot use.
 */
export function createTerminator(
  tls: WebTls,
  { http2 }: Pick<WebConfig, 'http2'>,
  { log, handshakeMilliseconds }: Terms,
  onSecure: (socket: TLSSocket) => void,
): Terminator {
  const server = createNodeServer({
    ...tlsOptions(tls),
    ...(handshakeMilliseconds > 0 && { handshakeTimeout: handshakeMilliseconds }),
    ALPNProtocols: http2 && speaksHttp2(tls) ? ['h2', 'http/1.1'] : ['http/1.1'],
  });
  server.on('tlsClientError', (error, socket) => {
    log.debug({ error: describeSocketError(error), client: socket.remoteAddress }, 'TLS handshake failed');
    socket.destroy();
  });
  server.on('secureConnection', (socket) => {
    const refusal = refusalOf(socket, tls);
    if (refusal === undefined) return onSecure(socket);
    log.debug({ error: refusal, client: socket.remoteAddress }, 'TLS client refused');
    socket.on('error', () => {}).destroySoon();
  });
  return (raw) => {
    // As Node's own servers of TLS have it: a client that ends is gone.
    raw.allowHalfOpen = false;
    server.emit('connection', raw);
  };
}

function createNodeServer(options: TlsOptions): ReturnType<typeof createServer> {
  try {
    return createServer(options);
  } catch (error) {
    const what = `these settings of TLS cannot be used (${describeSocketError(error as Error) || messageOf(error)})`;
    throw new ConfigError({ code: 'INVALID_TLS', where: 'TLS', what, mend: 'Give others' }, { cause: error });
  }
}

function tlsOptions(tls: WebTls): TlsOptions {
  const { asks, needs, verifies } = policyTerms[tls.clientPolicy];
  return {
    key: tls.key,
    cert: tls.cert,
    ...(tls.ca && { ca: tls.ca }),
    requestCert: asks,
    // With this OpenSSL says why in an alert; what it does not know is checked afterwards.
    rejectUnauthorized: needs && verifies,
    minVersion: tls.minVersion,
    maxVersion: tls.maxVersion,
    ciphers: cipherList(tls),
    honorCipherOrder: tls.prefersServerCiphers,
    ...(tls.curves && { ecdhCurve: tls.curves.join(':') }),
  };
}

/** Those of TLS 1.3 are always there, as with Prometheus: Node would not speak TLS 1.3 at all where none is named. */
function cipherList({ ciphers, minVersion }: WebTls): string {
  const [ofTls13, others] = [true, false].map((is) => DEFAULT_CIPHERS.split(':').filter((name) => name.startsWith('TLS_') === is));
  const older = ciphers?.filter((name) => !name.startsWith('TLS_')) ?? others ?? [];
  // OpenSSL 3 takes the signatures of TLS 1.0 and 1.1 for too weak unless told otherwise.
  const level = minVersion === 'TLSv1' || minVersion === 'TLSv1.1' ? ['@SECLEVEL=0'] : [];
  return [...(ofTls13 ?? []), ...older, ...(older.length > 0 ? level : [])].join(':');
}

/** HTTP/2 needs TLS 1.2 (RFC 9113, 9.2). */
function speaksHttp2({ maxVersion }: WebTls): boolean {
  return maxVersion === 'TLSv1.2' || maxVersion === 'TLSv1.3';
}
