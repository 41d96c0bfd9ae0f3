import type { ServerOptions } from 'node:http';

/** How long clients may take, in milliseconds, and how many there may be; 0 for any. */
export interface WebLimits {
  /** For the headers of a request. */
  readonly headers: number;
  /** For a whole request; its headers may not take longer either. */
  readonly request: number;
  /** Between two requests on one connection. */
  readonly idle: number;
  /** To read an answer. */
  readonly write: number;
  /** How many connections may be open. */
  readonly connections: number;
}

/** How much all headers of a request may be together, in bytes. */
const mostHeaderBytes = 16_384;
/** How many lines they may have. */
export const mostHeaders = 100;

/** Says in Node's words what it can see to itself. */
export function nodeLimits({ headers, request, idle }: WebLimits): ServerOptions {
  const times = [headers, request].filter((time) => time > 0);
  return {
    maxHeaderSize: mostHeaderBytes,
    // Node takes no more for the headers than for the whole.
    headersTimeout: request > 0 ? Math.min(headers, request) : headers,
    requestTimeout: request,
    keepAliveTimeout: idle,
    // How often it looks: often enough for the shortest of them.
    connectionsCheckingInterval: Math.max(50, Math.min(1_000, ...times.map((time) => time / 4))),
  };
}

/** Those of a server that nobody has limited. */
export const noLimits: WebLimits = { headers: 0, request: 0, idle: 0, write: 0, connections: 0 };
