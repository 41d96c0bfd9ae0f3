import { type RequestListener, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../log.js';
import { mostHeaders } from './limits.js';

interface Terms {
  /** The `Server` header. */
  readonly server: string;
  readonly log: Logger;
  readonly hasBegunAnswer: (socket: Socket) => boolean;
  /** Hears of each answer; nobody unless given. */
  readonly onAnswered?: ((code: number) => void) | undefined;
}

/** Answers the requests that Node refuses before any application sees them, since its own answers do not name the server. */
export function answerBadRequests(nodeServer: Server, { server, log, hasBegunAnswer, onAnswered }: Terms): void {
  nodeServer.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    log.debug({ error: describeSocketError(error), client: socket.remoteAddress }, 'bad request');
    const isLost = error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket);
    if (isLost) return socket.destroy();
    const status = statusOf[String(error.code)] ?? 400;
    onAnswered?.(status);
    return socket.end(rawAnswer(status, server), () => socket.destroy());
  });
}

/** Answers a request that expects what nobody here can do. */
export function refuseExpectation(server: string): RequestListener {
  return (_req, res) => refuse(res, 417, server);
}

/** Says what went wrong on a connection, in one line. */
export function describeSocketError({ message, library, reason }: Error & { readonly library?: string; readonly reason?: string }): string {
  // OpenSSL's messages are numbers and file names around the reason, and end in a line break.
  return (library === undefined ? message : (reason ?? message)).trim();
}

/**
 * Lets through only requests without too many headers that say which host they mean, as HTTP/1.1 demands, and what they want
 * of it (RFC 9112, 3.2): a path, which may stand in a whole URL. Koa cannot read each URL that Node lets through.
 */
export function checkRequest(listener: RequestListener, server: string): RequestListener {
  return (req, res) => {
    if (req.rawHeaders.length > 2 * mostHeaders) return refuse(res, 431, server);
    const target = readTarget(req.url ?? '');
    if (target === undefined || (req.headers.host === undefined && req.httpVersion === '1.1')) return refuse(res, 400, server);
    req.url = target;
    listener(req, res);
  };
}

/** The path and the query, or the asterisk that means the server as a whole; undefined for anything else. */
function readTarget(target: string): string | undefined {
  if (target.startsWith('/') || target === '*') return target;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.pathname + url.search : undefined;
}

/** As Node answers them. */
const statusOf: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

function refuse(res: ServerResponse, status: number, server: string): void {
  res.shouldKeepAlive = false;
  res.writeHead(status, { Server: server, 'Content-Type': 'text/plain; charset=utf-8' }).end(textOf(status));
}

function rawAnswer(status: number, server: string): string {
  const text = textOf(status);
  return [
    `HTTP/1.1 ${status} ${textOf(status)}`,
    `Server: ${server}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n');
}

/** As Koa words its errors. */
function textOf(status: number): string {
  return String(STATUS_CODES[status]);
}
