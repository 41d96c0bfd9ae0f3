import type { Server } from 'node:http';

/** Sockets to open, or one that is open already. */
export type SocketPlace = TcpPlace | UnixPlace | InheritedPlace;

export interface TcpPlace {
  readonly kind: 'tcp';
  /** Names or addresses, each of which is looked up; `*` for all addresses of the machine. */
  readonly hosts: readonly string[];
  /** 0: any one that is free on all addresses. */
  readonly port: number;
  /** What the operator chose both by. Default: `--host` and `--port`. */
  readonly option?: string;
}

export interface UnixPlace {
  readonly kind: 'unix';
  /** Absolute. */
  readonly path: string;
  /** Of the socket's file, such as 0o660. */
  readonly mode: number;
}

/** A socket that whoever started the program has opened. */
export interface InheritedPlace {
  readonly kind: 'inherited';
  readonly fd: number;
  readonly name?: string | undefined;
}

export type Protocol = 'http' | 'https';

/** What opening a socket takes. */
export interface OpenTerms {
  readonly createServer: () => Server;
  readonly protocol: Protocol;
}

/** What was opened for one place. */
export interface Opened {
  readonly servers: readonly Server[];
  /** Where it listens: `http://localhost:9090/`, `unix:/run/exporter.sock`. */
  readonly urls: (protocol: Protocol) => readonly string[];
}

/** Closes a server that nobody was told of. */
export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
