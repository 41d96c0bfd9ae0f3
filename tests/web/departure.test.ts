import { once } from 'node:events';
import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Departure } from '../../src/web/departure.js';

/** Runs something with a response, and the request of a client that waits for it. */
async function withResponse(run: (res: ServerResponse, leave: () => void) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, agent: false });
  client.on('error', () => {});
  client.on('response', (response) => response.resume());
  const [, res] = (await once(server, 'request')) as [unknown, ServerResponse];
  await run(res, () => client.destroy());
  server.close();
  server.closeAllConnections();
}

test('a client that goes away aborts once, and those who listen hear of it', () =>
  withResponse(async (res, leave) => {
    const departure = new Departure(res);
    const heard: string[] = [];
    const removed = (): void => void heard.push('removed');
    departure.addEventListener('abort', () => void heard.push('first'));
    departure.addEventListener('abort', removed);
    departure.addEventListener('abort', () => void heard.push('last'));
    departure.removeEventListener('abort', removed);
    const stranger = (): void => {};
    departure.removeEventListener('abort', stranger);
    expect(departure.aborted).toBe(false);
    leave();
    await once(res, 'close');
    expect(departure.aborted).toBe(true);
    expect(heard).toEqual(['first', 'last']);
  }));

test('a listener may remove itself and others while it is called', () =>
  withResponse(async (res, leave) => {
    const departure = new Departure(res);
    const heard: string[] = [];
    const first = (): void => {
      heard.push('first');
      departure.removeEventListener('abort', first);
    };
    departure.addEventListener('abort', first);
    departure.addEventListener('abort', () => void heard.push('second'));
    leave();
    await once(res, 'close');
    expect(heard).toEqual(['first', 'second']);
  }));

test('an answer that is written is no departure', () =>
  withResponse(async (res) => {
    const departure = new Departure(res);
    departure.addEventListener('abort', () => {
      throw new Error('nobody has left');
    });
    res.end('done');
    await once(res, 'close');
    expect(departure.aborted).toBe(false);
  }));

test('who has gone before is gone', () =>
  withResponse(async (res, leave) => {
    leave();
    await once(res, 'close');
    expect(new Departure(res).aborted).toBe(true);
  }));
