import { openInherited } from './open-inherited.js';
import { openTcp } from './open-tcp.js';
import { openUnix } from './open-unix.js';
import { closeServer, type Opened, type OpenTerms, type SocketPlace } from './socket-place.js';

/** Opens all places, or none: what was opened is closed again when another fails. */
export async function openSockets(places: readonly SocketPlace[], terms: OpenTerms): Promise<Opened> {
  const opened: Opened[] = [];
  try {
    for (const place of places) opened.push(await open(place, terms));
  } catch (error) {
    await Promise.all(opened.flatMap(({ servers }) => servers.map(closeServer)));
    throw error;
  }
  return {
    servers: opened.flatMap(({ servers }) => servers),
    urls: (protocol) => [...new Set(opened.flatMap(({ urls }) => urls(protocol)))],
  };
}

function open(place: SocketPlace, terms: OpenTerms): Promise<Opened> {
  if (place.kind === 'unix') return openUnix(place, terms);
  return place.kind === 'tcp' ? openTcp(place, terms) : openInherited(place, terms);
}
