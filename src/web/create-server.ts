import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Logger } from '../log.js';
import type { WebTls } from '../model/web-config.js';
import { answerBadRequests, describeSocketError, requireHost } from './bad-request.js';
import type { Connections } from './connections.js';
import { toHeaderValue } from './site.js';

interface ServerTerms {
  /** The `Server` header of the answers that no application gives. */
  readonly server: string;
  readonly log: Logger;
  readonly connections: Connections;
}

/** Creates a server whose connections are watched, and which answers by itself what no application gets to see. */
export function createWatchedServer(callback: RequestListener, tls: WebTls | undefined, { server, log, connections }: ServerTerms): Server {
  const header = toHeaderValue(server);
  const nodeServer = tls ? createTlsServer(tls, log) : createHttpServer({ requireHostHeader: false });
  connections.watch(nodeServer, tls !== undefined);
  answerBadRequests(nodeServer, { server: header, log, hasBegunAnswer: (socket) => connections.hasBegunAnswer(socket) });
  return nodeServer.on('request', requireHost(callback, header));
}

function createTlsServer({ key, cert, ca }: WebTls, log: Logger): Server {
  const server = createHttpsServer({
    requireHostHeader: false,
    key,
    cert,
    minVersion: 'TLSv1.2',
    ...(ca && { ca, requestCert: true, rejectUnauthorized: true }),
  });
  // Node's own listener takes a failed handshake for a bad request.
  server.removeAllListeners('tlsClientError');
  return server.on('tlsClientError', (error: Error, socket: TLSSocket) => {
    log.debug({ error: describeSocketError(error), client: socket.remoteAddress }, 'TLS handshake failed');
    socket.destroy();
  });
}
