import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>;

/**
 * Keeps the number of connections within a limit: a new one beyond it takes the place of the one that has waited longest
 * without a request in flight. Where all are busy, the new one has to go.
 */
export class ConnectionLimit {
  readonly #most: number;
  readonly #onClose: () => void;
  /** As they came in; the value is the number of their requests in flight. */
  readonly #requests = new Map<Socket, number>();
  /** Those without any, the longest first. */
  readonly #waiting = new Set<Socket>();
  /** What TLS and HTTP/2 make of a connection is another object with the same ends. */
  readonly #byPeer = new Map<string, Socket>();

  /** @param most 0 for any number */
  constructor(most: number, onClose: () => void) {
    this.#most = most;
    this.#onClose = onClose;
  }

  /** Counts a connection that has just come in; false where it was closed. */
  admit(socket: Socket): boolean {
    if (this.#most === 0) return true;
    if (this.#requests.size >= this.#most && !this.#makeRoom()) {
      socket.destroy();
      return false;
    }
    const peer = peerOf(socket);
    this.#requests.set(socket, 0);
    this.#waiting.add(socket);
    this.#byPeer.set(peer, socket);
    socket.once('close', () => {
      this.#forget(socket);
      if (this.#byPeer.get(peer) === socket) this.#byPeer.delete(peer);
    });
    return true;
  }

  /** Watches a request of HTTP/1. */
  readonly watchRequest = ({ socket }: IncomingMessage, res: ServerResponse): void => {
    if (this.#most > 0) this.#watch(socket, res);
  };

  /** Watches the requests of a connection of HTTP/2. */
  watchSession(session: ServerHttp2Session): void {
    const { socket } = session;
    if (this.#most > 0) session.on('stream', (stream) => this.#watch(socket, stream));
  }

  #watch(end: Socket, answer: { once(event: 'close', listener: () => void): unknown }): void {
    const socket = this.#requests.has(end) ? end : this.#byPeer.get(peerOf(end));
    if (socket === undefined) return;
    this.#count(socket, 1);
    answer.once('close', () => this.#count(socket, -1));
  }

  #count(socket: Socket, more: number): void {
    const before = this.#requests.get(socket);
    // It has been closed.
    if (before === undefined) return;
    this.#requests.set(socket, before + more);
    if (before + more > 0) this.#waiting.delete(socket);
    else this.#waiting.add(socket);
  }

  #makeRoom(): boolean {
    this.#onClose();
    const [longest] = this.#waiting;
    if (longest === undefined) return false;
    // Not only when it has closed: many may come in before.
    this.#forget(longest);
    longest.destroy();
    return true;
  }

  #forget(socket: Socket): void {
    this.#requests.delete(socket);
    this.#waiting.delete(socket);
  }
}

function peerOf({ remoteAddress, remotePort, localPort }: Peer): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
