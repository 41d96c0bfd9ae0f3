import type { IncomingMessage } from 'node:http';

/**
 * Tells which requests need no password: those that read one of the paths, spelt as it is. Nothing is decoded or made
 * shorter, so that no other spelling leads past the password to another place.
 */
export function createOpenPaths(paths: readonly string[]): (req: Pick<IncomingMessage, 'method' | 'url'>) => boolean {
  const open = new Set(paths);
  return ({ method, url = '' }) => (method === 'GET' || method === 'HEAD') && open.has(url.replace(/\?.*$/s, ''));
}
