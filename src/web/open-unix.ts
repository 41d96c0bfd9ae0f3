import { once } from 'node:events';
import type { Server } from 'node:http';
import { chmod, lstat, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { ScrapeError } from '../errors.js';
import { closeServer, type Opened, type OpenTerms, type UnixPlace } from './socket-place.js';
import { unixFault } from './unix-fault.js';

/** What fits into `sockaddr_un` with the zero at its end; Node would cut the path there. */
const mostBytes = process.platform === 'linux' ? 107 : 103;

/**
 * Listens at a path of the file system. A socket there that nobody listens at is replaced; one that is in use is left alone,
 * and so is anything that is no socket. The socket goes when the server closes.
 */
export async function openUnix({ path, mode }: UnixPlace, { createServer }: OpenTerms): Promise<Opened> {
  const server = createServer();
  try {
    if (Buffer.byteLength(path) > mostBytes) throw failure('ENAMETOOLONG');
    await removeStale(path);
    await bind(server, path, mode);
    await chmod(path, mode);
  } catch (error) {
    if (server.listening) await closeServer(server);
    throw new ScrapeError(unixFault(error as NodeJS.ErrnoException, { path, mostBytes }), { cause: error });
  }
  return { servers: [server], urls: () => [`unix:${path}`] };
}

async function removeStale(path: string): Promise<void> {
  // Node would tell of a missing folder as if it were a forbidden one.
  await stat(dirname(path));
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isSocket()) throw failure('ENOTSOCK');
  if (!(await isStale(path))) throw failure('EADDRINUSE');
  await unlink(path);
}

/** Whether nobody listens at a socket; full queues and foreign kinds of sockets are signs of life. */
async function isStale(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') throw error;
    return code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}

/** Binds without a moment at which more may be done with the socket than its mode says. */
async function bind(server: Server, path: string, mode: number): Promise<void> {
  const listening = once(server, 'listening');
  withMask(0o777 & ~mode, () => {
    // Binds at once, and tells later.
    server.listen({ path, exclusive: true });
  });
  await listening;
}

/** Adds to the mask of the process, so that files that other threads make meanwhile are not more open than else. */
function withMask(mask: number, run: () => void): void {
  // Workers may not set it.
  if (!isMainThread) return run();
  const before = process.umask(0o177);
  process.umask(before | mask);
  try {
    run();
  } finally {
    process.umask(before);
  }
}

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
