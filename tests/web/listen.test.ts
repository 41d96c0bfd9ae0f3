import { once } from 'node:events';
import { Agent, createServer, get as httpGet, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import Koa from 'koa';
import { ScrapeError } from '../../src/errors.js';
import { silentLogger } from '../../src/log.js';
import { createWebTls, openWebConfig } from '../../src/model/web-config.js';
import { type Listening, listen, type ListenPlace } from '../../src/web/listen.js';
import type { TcpPlace } from '../../src/web/socket-place.js';
import { recordingLog } from './recording-log.js';
import { until } from '../until.js';

const server = 'weather-exporter/1.2.3';
/** Reserved for documentation: no machine has it. */
const foreign = '203.0.113.1';
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
const testIpv6 = hasIpv6 ? test : test.skip;
const open: Pick<Listening, 'close'>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listening) => listening.close(0)));
});

const answerAtOnce: RequestListener = (_req, res) => res.end('answer');

type Place = Partial<TcpPlace> & Pick<ListenPlace, 'web'>;

async function start({ web, ...place }: Place = {}, callback = answerAtOnce, log = silentLogger): Promise<Listening> {
  const tcp: TcpPlace = { kind: 'tcp', hosts: ['127.0.0.1'], port: 0, ...place };
  const listening = await listen(callback, { sockets: [tcp], web }, { server, log });
  open.push(listening);
  return listening;
}

const portOf = ({ urls: [url = ''] }: Listening): number => Number(new URL(url).port);
const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

async function take(port: number, host: string): Promise<number> {
  const taken = createTcpServer().listen(port, host);
  open.push({ close: () => new Promise((resolve) => taken.close(() => resolve(0))) });
  await once(taken, 'listening');
  return (taken.address() as AddressInfo).port;
}

describe('listening', () => {
  test('is told with one URL for each host, as it was given', async () => {
    const listening = await start({ hosts: ['localhost', '127.0.0.1', '127.0.0.2', 'localhost'] });
    const port = portOf(listening);
    expect(listening.urls).toEqual(['localhost', '127.0.0.1', '127.0.0.2'].map((host) => `http://${host}:${port}/`));
    for (const url of listening.urls) expect(await textOf(url)).toBe('answer');
  });

  testIpv6('at IPv6 addresses is told with brackets (skipped where the machine has no IPv6)', async () => {
    const listening = await start({ hosts: ['127.0.0.1', '[::1]'] });
    const port = portOf(listening);
    expect(listening.urls).toEqual([`http://127.0.0.1:${port}/`, `http://[::1]:${port}/`]);
    for (const url of listening.urls) expect(await textOf(url)).toBe('answer');
  });

  testIpv6('at :: serves IPv4 as well (skipped where the machine has no IPv6)', async () => {
    const port = portOf(await start({ hosts: ['::'] }));
    expect(await textOf(`http://127.0.0.1:${port}/`)).toBe('answer');
    expect(await textOf(`http://[::1]:${port}/`)).toBe('answer');
  });

  testIpv6('at :: and an IPv4 address works side by side (skipped where the machine has no IPv6)', async () => {
    const port = portOf(await start({ hosts: ['::', '127.0.0.1'] }));
    expect(await textOf(`http://127.0.0.1:${port}/`)).toBe('answer');
    expect(await textOf(`http://[::1]:${port}/`)).toBe('answer');
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
  });

  test('at a port that is given uses this port on all addresses', async () => {
    const taken = createTcpServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as AddressInfo).port));
    });
    await new Promise((resolve) => taken.close(resolve));
    const { urls } = await start({ hosts: ['127.0.0.1', '127.0.0.2'], port });
    expect(urls).toEqual([`http://127.0.0.1:${port}/`, `http://127.0.0.2:${port}/`]);
  });
});

describe('listening fails', () => {
  const failure = (place: Place): Promise<unknown> =>
    start(place).then(
      () => undefined,
      (error: unknown) => error,
    );

  test('at a port in use, and closes what was opened', async () => {
    const port = await take(0, '127.0.0.2');
    const error = await failure({ hosts: ['127.0.0.1', '127.0.0.2'], port });
    expect(error).toBeInstanceOf(ScrapeError);
    expect(error).toMatchObject({
      code: 'LISTEN_FAILED',
      where: `http://127.0.0.2:${port}`,
      message: `http://127.0.0.2:${port}: port ${port} of 127.0.0.2 is in use. Stop the program that uses it, or give another as --port.`,
    });
    await take(port, '127.0.0.1');
  });

  test('at a name, and names it', async () => {
    const port = await take(0, '127.0.0.1');
    expect(await failure({ hosts: ['localhost'], port })).toMatchObject({ where: `http://localhost:${port}` });
  });

  test('at an unknown name, and opens nothing', async () => {
    expect(await failure({ hosts: ['127.0.0.1', 'no-such-host.invalid'], port: 9090 })).toMatchObject({
      code: 'LISTEN_FAILED',
      where: 'http://no-such-host.invalid:9090',
    });
  });

  test('at a name that is empty', async () => {
    expect(await failure({ hosts: [''], port: 9090 })).toMatchObject({ message: expect.stringContaining('the host is unknown') as string });
  });

  test('with a key pair that cannot be used', async () => {
    const garbage = Buffer.from('garbage');
    await expect(start({ web: { ...openWebConfig, tls: createWebTls({ key: garbage, cert: garbage }) } })).rejects.toThrow();
  });

  test('at an address that the machine does not have, though another host works', async () => {
    const error = await failure({ hosts: ['127.0.0.1', foreign] });
    expect(error).toMatchObject({ where: `http://${foreign}:0`, cause: { code: 'EADDRNOTAVAIL' } });
    expect(String(error)).toContain(`this machine has no address ${foreign}`);
  });
});

/** Sends text as it is, and reads until the connection ends. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(text);
  let answer = '';
  socket.on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'close');
  return answer;
}

describe('what is no good request', () => {
  test.each<[what: string, text: string, status: string]>([
    ['garbage', 'garbage\r\n\r\n', '400 Bad Request'],
    ['headers that are too long', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400 Bad Request'],
    ['a URL that cannot be read', 'GET https://[::1 HTTP/1.1\r\nHost: x\r\n\r\n', '400 Bad Request'],
    ['a URL of something else', 'GET ftp://x/metrics HTTP/1.1\r\nHost: x\r\n\r\n', '400 Bad Request'],
    ['a path without its slash', 'GET metrics HTTP/1.1\r\nHost: x\r\n\r\n', '400 Bad Request'],
    ['an unknown expectation', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n', '417 Expectation Failed'],
  ])('is answered with the Server header: %s', async (_what, text, status) => {
    const { log, lines } = recordingLog();
    const [head = '', body] = (await sendRaw(portOf(await start({}, answerAtOnce, log)), text)).split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
    expect(head).toContain(`\r\nServer: ${server}\r\n`);
    expect(head).toContain('\r\nConnection: close');
    expect(body).toContain(status.slice(4));
    expect(lines.every(({ level }) => level === 'debug')).toBe(true);
  });

  test('a whole URL means the path in it', async () => {
    const listening = await start({}, (req, res) => res.end(`asked for ${req.url}`));
    const text = 'GET http://other.example:1/metrics?a=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(await sendRaw(portOf(listening), text)).toContain('asked for /metrics?a=1');
  });

  test('HTTP/1.0 needs no Host', async () => {
    expect(await sendRaw(portOf(await start()), 'GET / HTTP/1.0\r\n\r\n')).toContain('answer');
  });

  test('nothing is put into an answer that has begun', async () => {
    const listening = await start({}, (_req, res) => void res.write('begun'));
    const answer = sendRaw(portOf(listening), 'GET / HTTP/1.1\r\nHost: x\r\n\r\ngarbage\r\n\r\n');
    expect(await answer).not.toContain('400');
  });

  test('a client that resets the connection is no error', async () => {
    const { log, lines } = recordingLog();
    let isAsked = false;
    const listening = await start(
      {},
      () => {
        isAsked = true;
      },
      log,
    );
    const socket = connect(portOf(listening), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => isAsked);
    socket.resetAndDestroy();
    await until(() => lines.length === 1);
    expect(lines).toMatchObject([{ level: 'debug', message: 'bad request', error: 'read ECONNRESET' }]);
  });
});

describe('closing', () => {
  interface Asked {
    readonly response: Promise<IncomingMessage>;
    readonly socket: () => Socket | undefined;
  }

  const agent = new Agent({ keepAlive: true });
  afterAll(() => agent.destroy());

  function ask(url: string): Asked {
    const asked = httpGet(url, { agent });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      asked.on('response', resolve).on('error', reject);
    });
    return { response, socket: () => asked.socket ?? undefined };
  }

  async function read(response: IncomingMessage): Promise<string> {
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
    return text;
  }

  /** A server whose answers wait until they are let go. */
  async function startSlow(begin: (res: Parameters<RequestListener>[1]) => void = () => {}) {
    const letGo: (() => void)[] = [];
    const listening = await start({}, (_req, res) => {
      begin(res);
      letGo.push(() => res.end('done'));
    });
    const { urls: [url = ''] } = listening; // prettier-ignore
    return { listening, letGo, url };
  }

  test('lets an answer in flight be sent, with Connection: close, and accepts no more', async () => {
    const { listening, letGo, url } = await startSlow();
    const { response } = ask(url);
    await until(() => letGo.length === 1);
    let isClosed = false;
    const closed = listening.close(60_000).then(() => {
      isClosed = true;
    });
    await expect(fetch(url)).rejects.toThrow();
    expect(isClosed).toBe(false);
    letGo[0]?.();
    const answer = await response;
    expect([answer.headers.connection, await read(answer)]).toEqual(['close', 'done']);
    await closed;
  });

  test('says Connection: close with headers that are made anew for an error, too', async () => {
    let fail = (): void => {};
    const app = new Koa();
    app.silent = true;
    app.use(
      () =>
        new Promise((_resolve, reject) => {
          fail = () => reject(new Error('broken'));
          asked.resolve();
        }),
    );
    const asked = { resolve: (): void => {} };
    const isAsked = new Promise<void>((resolve) => {
      asked.resolve = resolve;
    });
    const listening = await start({}, app.callback());
    const { response } = ask(listening.urls[0] ?? '');
    await isAsked;
    const closed = listening.close(60_000);
    fail();
    const answer = await response;
    expect([answer.statusCode, answer.headers.connection]).toEqual([500, 'close']);
    answer.resume();
    await closed;
  });

  test('ends a connection after an answer that had begun', async () => {
    const { listening, letGo, url } = await startSlow((res) => {
      res.setHeader('Connection', 'keep-alive').writeHead(200, { 'Content-Length': 4 });
      res.flushHeaders();
    });
    const { response } = ask(url);
    const answer = await response;
    expect(answer.headers.connection).toBe('keep-alive');
    const closed = listening.close(60_000);
    letGo[0]?.();
    expect(await read(answer)).toBe('done');
    await closed;
  });

  test('a further request on a busy connection does not keep it open', async () => {
    const { listening, letGo, url } = await startSlow();
    const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => letGo.length === 1);
    const closed = listening.close(60_000);
    socket.write('GET /2 HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => letGo.length === 2);
    for (const end of letGo) end();
    await closed;
    await until(() => socket.destroyed);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*Connection: close\r\n[^]*done/);
  });

  test('ends connections that are idle, used before or not, at once', async () => {
    const listening = await start();
    const { urls: [url = ''] } = listening; // prettier-ignore
    const { response, socket } = ask(url);
    await read(await response);
    expect(socket()?.destroyed).toBe(false);
    const unused = connect(portOf(listening), '127.0.0.1').resume();
    await once(unused, 'connect');
    // Accepted once a later connection is served.
    await textOf(url);
    await listening.close(60_000);
    await until(() => unused.destroyed && socket()?.destroyed !== false);
  });

  test('ends everything when the grace time is over', async () => {
    const { listening, letGo, url } = await startSlow();
    const { response } = ask(url);
    const failed = expect(response).rejects.toThrow('socket hang up');
    await until(() => letGo.length === 1);
    await listening.close(1);
    await failed;
  });

  test('twice is the same as once', async () => {
    const listening = await start();
    const closed = listening.close(Infinity);
    expect(listening.close(0)).toBe(closed);
    await closed;
  });
});

test('a failure to accept a connection is logged, and ends nothing', async () => {
  const { log, lines } = recordingLog();
  const listening = await start({}, (req, res) => {
    const { server: nodeServer } = req.socket as Socket & { readonly server: ReturnType<typeof createServer> };
    nodeServer.emit('error', new Error('accept EMFILE'));
    res.end('answer');
  }, log); // prettier-ignore
  expect(await textOf(listening.urls[0] ?? '')).toBe('answer');
  expect(lines).toMatchObject([{ level: 'error', message: 'cannot accept a connection', error: 'accept EMFILE' }]);
});
