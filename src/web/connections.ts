import type { EventEmitter } from 'node:events';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** The open connections of some servers: which wait for an answer, and which may be closed. */
export class Connections {
  /** Those whose TLS handshake is not done, too. */
  readonly #sockets = new Set<Socket>();
  /** Those that can speak HTTP. Node's own list of idle connections leaves out those that have not said anything yet. */
  readonly #ready = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #answers = new Set<ServerResponse>();
  #isClosing = false;

  /** Watches a server that is not open yet. */
  watch(server: Server): void {
    server.on('connection', (socket: Socket) => keep(this.#sockets, socket));
    server.on('request', this.#watchAnswer);
  }

  /** Adds a connection on which HTTP/1 is spoken from now on. */
  keepReady(socket: Socket): void {
    keep(this.#ready, socket);
    if (this.#isClosing) socket.destroySoon();
  }

  /** Adds a connection on which HTTP/2 is spoken. It knows its requests itself. */
  keepSession(session: ServerHttp2Session): void {
    keep(this.#sessions, session);
    if (this.#isClosing) session.close();
  }

  /** Whether something of an answer was sent there, so that nothing else may be. */
  hasBegunAnswer(socket: Socket): boolean {
    return [...this.#answers].some((res) => res.req.socket === socket && res.headersSent);
  }

  /** Closes what waits for nothing, now and from now on, and lets each answer be the last of its connection. */
  closeIdle(): void {
    this.#isClosing = true;
    for (const res of this.#answers) endAfter(res);
    for (const socket of this.#ready) this.#closeIfIdle(socket);
    for (const session of this.#sessions) session.close();
  }

  /** Closes all at once; tells how many of them wait for an answer. */
  closeAll(): number {
    const waiting = new Set([...this.#answers].map(({ req }) => req.socket)).size + this.#sessions.size;
    for (const socket of this.#sockets) socket.destroy();
    return waiting;
  }

  readonly #watchAnswer: RequestListener = (req, res) => {
    const { socket } = req;
    this.#answers.add(res);
    if (this.#isClosing) endAfter(res);
    res.once('close', () => {
      this.#answers.delete(res);
      // Of a body that nobody has read, Node would read the rest.
      if (!req.complete) socket.destroySoon();
      else if (this.#isClosing) this.#closeIfIdle(socket);
    });
  };

  #closeIfIdle(socket: Socket): void {
    if (![...this.#answers].some((res) => res.req.socket === socket)) socket.destroySoon();
  }
}

function keep<T extends EventEmitter>(open: Set<T>, one: T): void {
  open.add(one);
  one.once('close', () => open.delete(one));
}

/** Sends `Connection: close`, also with headers that Koa makes anew for an error. */
function endAfter(res: ServerResponse): void {
  res.shouldKeepAlive = false;
}
