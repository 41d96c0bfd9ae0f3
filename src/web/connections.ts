import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of some servers: which wait for an answer, and which may be closed. */
export class Connections {
  /** Those whose TLS handshake is not done, too. */
  readonly #sockets = new Set<Socket>();
  /** Those that can speak HTTP. Node's own list of idle connections leaves out those that have not said anything yet. */
  readonly #ready = new Set<Socket>();
  readonly #answers = new Set<ServerResponse>();
  #isClosing = false;

  /** Watches a server that is not open yet. */
  watch(server: Server, isTls: boolean): void {
    server.on('connection', (socket: Socket) => keep(this.#sockets, socket));
    server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
      keep(this.#ready, socket);
      if (this.#isClosing) socket.destroySoon();
    });
    server.on('request', this.#watchAnswer);
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
  }

  closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  readonly #watchAnswer: RequestListener = ({ socket }, res) => {
    this.#answers.add(res);
    if (this.#isClosing) endAfter(res);
    res.once('close', () => {
      this.#answers.delete(res);
      if (this.#isClosing) this.#closeIfIdle(socket);
    });
  };

  #closeIfIdle(socket: Socket): void {
    if (![...this.#answers].some((res) => res.req.socket === socket)) socket.destroySoon();
  }
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

/** Sends `Connection: close`, also with headers that Koa makes anew for an error. */
function endAfter(res: ServerResponse): void {
  res.shouldKeepAlive = false;
}
