import type { ServerConfig } from '../config/server-config.js';
import type { WebLimits } from '../web/limits.js';

/** What the operator lets clients do. */
export function limitsOf(server: ServerConfig): WebLimits {
  return {
    headers: server.webHeaderTimeout,
    request: server.webRequestTimeout,
    idle: server.webIdleTimeout,
    write: server.webWriteTimeout,
    connections: server.webMaxConnections,
  };
}
