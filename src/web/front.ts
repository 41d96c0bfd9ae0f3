import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Logger } from '../log.js';
import type { WebConfig } from '../model/web-config.js';
import { answerBadRequests, checkRequest, refuseExpectation } from './bad-request.js';
import { ConnectionLimit } from './connection-limit.js';
import type { Connections } from './connections.js';
import { createHttp2Engine } from './http2.js';
import { nodeLimits, noLimits, type WebLimits } from './limits.js';
import { Protection } from './protect.js';
import { createQuietWarning } from './quiet-log.js';
import { observeRequests, type RequestObserver } from './request-observer.js';
import { toHeaderValue } from './site.js';
import { createTerminator, type Terminator } from './tls-terminator.js';
import { WriteTimeout } from './write-timeout.js';

interface Terms {
  /** The `Server` header of the answers that no application gives. */
  readonly server: string;
  readonly log: Logger;
  readonly connections: Connections;
  /** Which requests need no password; none unless given. */
  readonly isOpen?: ((req: IncomingMessage) => boolean) | undefined;
  /** Hears of all requests; nobody unless given. */
  readonly observer?: RequestObserver | undefined;
  /** Default: none. */
  readonly limits?: WebLimits | undefined;
}

/** Where connections come in on one address. */
interface Gate {
  /** Undefined: plain HTTP. */
  terminator: Terminator | undefined;
  /** Speaks HTTP/1 on a connection. */
  readonly speak: (socket: Socket) => void;
}

/** The servers of all addresses, under one configuration that can be changed while they are open. */
export class Front {
  readonly #protection: Protection;
  readonly #listener: RequestListener;
  readonly #expectationListener: RequestListener;
  readonly #terms: Terms;
  readonly #server: string;
  readonly #limits: WebLimits;
  readonly #connectionLimit: ConnectionLimit;
  readonly #writeTimeout: WriteTimeout;
  readonly #speakHttp2: (socket: Socket) => void;
  readonly #gates = new Map<Server, Gate>();
  #web: WebConfig;

  constructor(callback: RequestListener, web: WebConfig, terms: Terms) {
    this.#terms = terms;
    this.#web = web;
    this.#server = toHeaderValue(terms.server);
    const { log, isOpen, observer, limits = noLimits } = terms;
    this.#limits = limits;
    this.#protection = new Protection(callback, web, { server: this.#server, log, isOpen, onRejected: observer?.rejected });
    const observe = (listener: RequestListener): RequestListener => (observer ? observeRequests(listener, observer) : listener);
    this.#listener = observe(checkRequest(this.#protection.answer, this.#server));
    this.#expectationListener = observe(refuseExpectation(this.#server));
    const { connections: maxConnections } = limits;
    const warnOfConnections = createQuietWarning(log, 'connections closed: as many as may be are open');
    const warnOfReaders = createQuietWarning(log, 'readers cut off: they took too long');
    this.#connectionLimit = new ConnectionLimit(maxConnections, () => {
      warnOfConnections({ maxConnections });
      observer?.rejected('connections');
    });
    this.#writeTimeout = new WriteTimeout(limits.write, warnOfReaders);
    this.#speakHttp2 = createHttp2Engine(this.#listener, {
      expectationListener: this.#expectationListener,
      log,
      idleMilliseconds: limits.idle,
      onSession: (session) => this.#watchSession(session),
    });
  }

  get web(): WebConfig {
    return this.#web;
  }

  /**
   * Creates a server that is not open yet. Its own listener speaks HTTP on what TLS makes of a connection, so that Node
   * watches and times all connections alike, and TLS can be exchanged.
   */
  createServer(): Server {
    const { log, connections } = this.#terms;
    const server = createServer({ requireHostHeader: false, ...nodeLimits(this.#limits) });
    const [speak] = server.listeners('connection');
    server.removeAllListeners('connection');
    const gate: Gate = { terminator: undefined, speak: (socket) => speak?.call(server, socket) };
    gate.terminator = this.#createTerminator(gate, this.#web);
    server.on('listening', () => this.#gates.set(server, gate));
    server.on('close', () => this.#gates.delete(server));
    connections.watch(server);
    server.on('connection', (raw: Socket) => {
      if (!this.#connectionLimit.admit(raw)) return;
      if (gate.terminator) gate.terminator(raw);
      else this.#open(gate, raw);
    });
    answerBadRequests(server, {
      server: this.#server,
      log,
      hasBegunAnswer: (socket) => connections.hasBegunAnswer(socket),
      onAnswered: this.#terms.observer?.refused,
    });
    server.on('request', this.#connectionLimit.watchRequest).on('request', this.#writeTimeout.watchRequest);
    return server.on('request', this.#listener).on('checkExpectation', this.#expectationListener);
  }

  /**
   * Puts another configuration in force for the connections and requests to come.
   *
   * @throws ConfigError INVALID_TLS for what cannot be used; then nothing has changed.
   */
  apply(web: WebConfig): void {
    const changes = [...this.#gates.values()].map((gate) => ({ gate, terminator: this.#createTerminator(gate, web) }));
    this.#protection.use(web);
    this.#web = web;
    for (const { gate, terminator } of changes) gate.terminator = terminator;
  }

  #watchSession(session: ServerHttp2Session): void {
    this.#terms.connections.keepSession(session);
    this.#connectionLimit.watchSession(session);
    this.#writeTimeout.watchSession(session);
  }

  #createTerminator(gate: Gate, web: WebConfig): Terminator | undefined {
    const terms = { log: this.#terms.log, handshakeMilliseconds: this.#limits.headers };
    return web.tls && createTerminator(web.tls, web, terms, (socket) => this.#openSecure(gate, socket));
  }

  #openSecure(gate: Gate, socket: TLSSocket): void {
    if (socket.alpnProtocol === 'h2') this.#speakHttp2(socket);
    else this.#open(gate, socket);
  }

  #open(gate: Gate, socket: Socket): void {
    this.#terms.connections.keepReady(socket);
    gate.speak(socket);
  }
}
