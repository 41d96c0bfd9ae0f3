import type { RequestListener } from 'node:http';
import { constants, createServer, Http2ServerResponse, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Logger } from '../log.js';
import { describeSocketError } from './bad-request.js';

/** How many requests may be under way on one connection. */
const mostStreams = 100;

interface Terms {
  /** Answers requests that expect something. */
  readonly expectationListener: RequestListener;
  readonly log: Logger;
  /** For so long a connection may be silent; 0 for ever. */
  readonly idleMilliseconds: number;
  readonly onSession: (session: ServerHttp2Session) => void;
}

/** Creates what speaks HTTP/2 on connections that are made already. It has no use for a socket of its own. */
export function createHttp2Engine(
  listener: RequestListener,
  { expectationListener, log, idleMilliseconds, onSession }: Terms,
): (socket: Socket) => void {
  const engine = createServer({ settings: { maxConcurrentStreams: mostStreams }, Http2ServerResponse: Response });
  // Requests and responses have the form of HTTP/1.
  engine.on('request', listener as never);
  engine.on('checkExpectation', expectationListener as never);
  engine.on('session', (session) => {
    // Each request listens on its session.
    session.setMaxListeners(0);
    session.setTimeout(idleMilliseconds, () => session.close());
    onSession(session);
  });
  engine.on('sessionError', (error: Error) => log.debug({ error: describeSocketError(error) }, 'HTTP/2 connection failed'));
  return (socket) => {
    engine.emit('connection', socket);
  };
}

/** Tells of a client that has gone as those of HTTP/1 do. */
class Response extends Http2ServerResponse {
  constructor(stream: ServerHttp2Stream) {
    super(stream);
    // The types have these as properties; Node 20 lacks the first, and takes for finished what the client broke off.
    Object.defineProperty(this, 'destroyed', { get: () => stream.destroyed });
    Object.defineProperty(this, 'writableFinished', { get: () => stream.writableFinished && !stream.aborted });
  }

  override destroy(error?: Error): this {
    if (error === undefined) breakOff(this.stream);
    return super.destroy(error);
  }
}

/** Ends a stream so that the client knows that the answer is not whole. */
export function breakOff(stream: Pick<ServerHttp2Stream, 'close'>): void {
  stream.close(constants.NGHTTP2_CANCEL);
}
