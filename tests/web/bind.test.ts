import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { bindAll } from '../../src/web/bind.js';

const endpoint = (address: string) => ({ host: 'x', address, ipv6Only: false });
/** Reserved for documentation: no machine has it. */
const foreign = '203.0.113.1';
const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function take(port: number, host: string): Promise<number> {
  const server = createTcpServer().listen(port, host);
  opened.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function create(): Server {
  const server = createServer();
  opened.push(server);
  return server;
}

test('port 0 gives one free port for all addresses', async () => {
  const { servers, port } = await bindAll(['127.0.0.1', '127.0.0.2', '127.0.0.3'].map(endpoint), { port: 0, createServer: create });
  expect(port).toBeGreaterThan(0);
  expect(servers.map((server) => server.address())).toEqual(
    ['127.0.0.1', '127.0.0.2', '127.0.0.3'].map((address) => ({ address, family: 'IPv4', port })),
  );
});

test('another free port is sought where the first is in use on another address', async () => {
  const servers: Server[] = [];
  const taken: number[] = [];
  const createServerAndTake = (): Server => {
    const first = servers[0];
    // Between the first and the second bind of the first attempt somebody else takes the port.
    if (servers.length === 1 && first) {
      const { port } = first.address() as AddressInfo;
      opened.push(createTcpServer().listen(port, '127.0.0.2'));
      taken.push(port);
    }
    const server = create();
    servers.push(server);
    return server;
  };
  const { port, servers: bound } = await bindAll(['127.0.0.1', '127.0.0.2'].map(endpoint), { port: 0, createServer: createServerAndTake });
  expect(bound).toHaveLength(2);
  expect(servers).toHaveLength(4);
  expect(taken).not.toContain(port);
  expect(servers[0]?.listening).toBe(false);
});

test('a port that is in use closes what was opened already', async () => {
  const port = await take(0, '127.0.0.2');
  const servers: Server[] = [];
  const createServerAndKeep = (): Server => {
    const server = create();
    servers.push(server);
    return server;
  };
  await expect(bindAll(['127.0.0.1', '127.0.0.2'].map(endpoint), { port, createServer: createServerAndKeep })).rejects.toMatchObject({
    name: 'BindError',
    endpoint: { address: '127.0.0.2' },
    cause: { code: 'EADDRINUSE' },
  });
  expect(servers.map(({ listening }) => listening)).toEqual([false, false]);
  expect(await take(port, '127.0.0.1')).toBe(port);
});

test('after some attempts the search for a free port ends', async () => {
  const createServerAndTake = (): Server => {
    const server = create();
    server.once('listening', () => {
      const { port } = server.address() as AddressInfo;
      opened.push(createTcpServer().listen(port, '127.0.0.2'));
    });
    return server;
  };
  await expect(bindAll(['127.0.0.1', '127.0.0.2'].map(endpoint), { port: 0, createServer: createServerAndTake }, 3)).rejects.toThrow(
    'EADDRINUSE',
  );
});

test('a port in use on the only address is not tried again', async () => {
  let count = 0;
  const port = await take(0, '127.0.0.1');
  const createServerAndCount = (): Server => {
    count += 1;
    return create();
  };
  await expect(bindAll([endpoint('127.0.0.1')], { port, createServer: createServerAndCount })).rejects.toThrow('EADDRINUSE');
  expect(count).toBe(1);
});

test('an address that the machine does not have is left out and told', async () => {
  const { servers, port, failures } = await bindAll([foreign, '127.0.0.1'].map(endpoint), { port: 0, createServer: create });
  expect(servers.map((server) => server.address())).toEqual([{ address: '127.0.0.1', family: 'IPv4', port }]);
  expect(failures).toMatchObject([{ endpoint: { address: foreign }, cause: { code: 'EADDRNOTAVAIL' } }]);
});

test('a port that is none is told', async () => {
  await expect(bindAll([endpoint('127.0.0.1')], { port: 70_000, createServer: create })).rejects.toMatchObject({
    cause: { code: 'ERR_SOCKET_BAD_PORT' },
  });
});
