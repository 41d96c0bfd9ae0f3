import { once } from 'node:events';
import { ScrapeError } from '../errors.js';
import { formatOrigin } from './address.js';
import { closeServer, type InheritedPlace, type Opened, type OpenTerms } from './socket-place.js';

/** Listens on a socket that is open already. */
export async function openInherited({ fd, name }: InheritedPlace, { createServer }: OpenTerms): Promise<Opened> {
  const server = createServer();
  const where = name === undefined ? `fd:${fd}` : `fd:${fd} (${name})`;
  try {
    const listening = once(server, 'listening');
    server.listen({ fd });
    await listening;
  } catch (error) {
    if (server.listening) await closeServer(server);
    const what = `cannot be listened on (${(error as Error).message})`;
    const mend = 'Pass on a stream socket that is bound and not accepted: ListenStream= and Accept=no';
    throw new ScrapeError({ code: 'LISTEN_FAILED', where, what, mend }, { cause: error });
  }
  const address = server.address();
  return {
    servers: [server],
    // Of a Unix socket that it did not make itself Node knows no path.
    urls: (protocol) => [
      address === null || typeof address === 'string' ? where : `${formatOrigin(protocol, address.address, address.port)}/`,
    ],
  };
}
