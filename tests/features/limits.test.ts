import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants, connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { until } from '../until.js';
import { ask, type Door, sendRaw, serveDoor } from './serve-door.js';

const tlsFolder = join(__dirname, '../fixtures/tls');
const tls = ['--ssl-private-key', join(tlsFolder, 'server-key.pem'), '--ssl-public-key', join(tlsFolder, 'server.pem')];
const ca = readFileSync(join(tlsFolder, 'ca.pem'));
const get = (path = '/metrics', headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serve(argv: readonly string[], door: Door = {}) {
  const served = await serveDoor(['--host', '127.0.0.1', '--port', '0', '-L', 'debug', ...argv], door);
  ends.push(served.stop);
  const url = served.urls[0] ?? '';
  const warnings = () => served.program.log.filter(({ level }) => level === 'warning');
  return { ...served, url, port: Number(new URL(url).port), warnings };
}

async function open(port: number, socket: Socket = connect(port, '127.0.0.1')) {
  ends.push(() => socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => (text += chunk)); // prettier-ignore
  await once(socket, 'connect');
  const closed = once(socket, 'close');
  return { socket, closed, text: () => text };
}

async function heldScrapes() {
  const letGo: (() => void)[] = [];
  const update = () => new Promise<void>((resolve) => void letGo.push(resolve));
  ends.push(() => letGo.forEach((end) => end()));
  return { letGo, update };
}

describe('time', () => {
  test.each<[what: string, sent: string]>([
    ['nothing', ''],
    ['half a request line', 'GET /metr'],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n'],
  ])('a client that sends %s is answered 408 and closed, and others are served', async (_what, sent) => {
    const { port, url } = await serve(['--web-header-timeout', '500ms']);
    const slow = sendRaw(port, sent);
    expect((await ask(`${url}metrics`)).status).toBe(200);
    expect(await slow).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nServer: door-exporter\/1\.2\.3\r\n/);
  });

  test('a client that sends one byte after the other is closed, too', async () => {
    const { port } = await serve(['--web-header-timeout', '200ms']);
    const { socket, text } = await open(port);
    socket.write('GET / HTTP/1.1\r\nX: ');
    const drip = setInterval(() => socket.write('x'), 20);
    await once(socket, 'close');
    clearInterval(drip);
    expect(text()).toContain('408 Request Timeout');
  });

  test('a body that never ends is closed by the time of a request', async () => {
    const { port } = await serve(['--web-request-timeout', '200ms'], {
      startup: ({ app }) =>
        void app.use(async (ctx, next) => {
          if (ctx.path !== '/own') return next();
          for await (const _ of ctx.req) void _;
          ctx.body = 'read';
        }),
    });
    expect(await sendRaw(port, 'POST /own HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123')).toContain('408 Request Timeout');
  });

  test('a connection stays between scrapes, and is closed when it idles too long', async () => {
    const { port } = await serve(['--web-idle-timeout', '1s']);
    const { socket, closed, text } = await open(port);
    socket.write(get('/-/healthy'));
    await until(() => text().includes('is healthy'), 'an answer');
    socket.write(get('/-/ready'));
    await until(() => text().includes('is ready'), 'a second answer');
    expect(text()).toContain('Connection: keep-alive\r\n');
    await closed;
  });

  test('a connection of HTTP/2 is closed when it idles too long', async () => {
    const { url } = await serve(['--web-idle-timeout', '300ms', ...tls]);
    const session = connectHttp2(url, { ca, servername: 'localhost' });
    ends.push(() => session.destroy());
    const [headers] = (await once(session.request({ ':path': '/-/healthy' }).resume(), 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(200);
    await once(session, 'close');
  });

  test('a handshake that does not come is given up in the time of headers, and others are served', async () => {
    const { port, url } = await serve(['--web-header-timeout', '500ms', ...tls]);
    const { closed } = await open(port);
    const session = connectHttp2(url, { ca, servername: 'localhost' });
    ends.push(() => session.destroy());
    await once(session.request({ ':path': '/metrics' }).resume(), 'response');
    await closed;
  });

  test('a reader of one byte at a time over HTTP/2 is cut off, and others are served', async () => {
    const big = Buffer.alloc(10_000_000, 'x');
    const { url, warnings } = await serve(['--web-write-timeout', '300ms', ...tls], {
      startup: ({ app }) => void app.use((ctx, next) => (ctx.path === '/big' ? void (ctx.body = big) : next())),
    });
    // The smallest windows that there are, and nobody who reads.
    const slow = connectHttp2(url, { ca, servername: 'localhost', settings: { initialWindowSize: 1 } });
    const other = connectHttp2(url, { ca, servername: 'localhost' });
    ends.push(() => slow.destroy(), () => other.destroy()); // prettier-ignore
    const stream = slow.request({ ':path': '/big' }).on('error', () => {}).pause(); // prettier-ignore
    const closed = new Promise((resolve) => stream.on('close', resolve));
    await once(stream, 'response');
    await once(other.request({ ':path': '/metrics' }).resume(), 'response');
    await until(() => warnings().length > 0, 'a warning');
    stream.resume();
    await closed;
    expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
    await once(other.request({ ':path': '/metrics' }).resume(), 'response');
    expect(warnings()).toMatchObject([{ msg: 'readers cut off: they took too long', times: 1 }]);
  });

  test('a reader of one byte at a time is cut off, others are served, and one line tells', async () => {
    const big = Buffer.alloc(30_000_000, 'x');
    const { port, url, warnings } = await serve(['--web-write-timeout', '200ms'], {
      startup: ({ app }) => void app.use((ctx, next) => (ctx.path === '/big' ? void (ctx.body = big) : next())),
    });
    const readers = await Promise.all(Array.from({ length: 5 }, () => open(port)));
    for (const { socket } of readers) socket.pause().write(get('/big'));
    expect((await ask(`${url}metrics`)).status).toBe(200);
    await until(() => warnings().length > 0, 'a warning');
    // What has been sent is read before the end shows.
    for (const { socket } of readers) socket.resume();
    await Promise.all(readers.map(({ closed }) => closed));
    for (const { text } of readers) expect(text().length).toBeLessThan(big.length);
    expect(warnings()).toMatchObject([{ msg: 'readers cut off: they took too long', times: 1 }]);
    expect((await ask(`${url}metrics`)).status).toBe(200);
  });

  test('a stream of events that waits for more is no slow reader', async () => {
    const { port } = await serve(['--web-write-timeout', '100ms'], {
      startup: ({ app }) =>
        void app.use((ctx, next) => {
          if (ctx.path !== '/events') return next();
          ctx.respond = false;
          ctx.res.write('first\n');
          setTimeout(() => ctx.res.end('last\n'), 500);
          return undefined;
        }),
    });
    expect(await sendRaw(port, get('/events', 'Connection: close\r\n'))).toContain('last');
  });
});

describe('size', () => {
  test.each<[what: string, headers: string]>([
    ['too long', `X: ${'x'.repeat(17_000)}\r\n`],
    ['too many', Array.from({ length: 101 }, (_, index) => `X-${index}: y\r\n`).join('')],
  ])('headers that are %s are refused', async (_what, headers) => {
    const { port } = await serve([]);
    expect(await sendRaw(port, get('/metrics', headers))).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  });

  test('a body to a route that takes none ends the connection, also with a method that is not allowed', async () => {
    const { port } = await serve([]);
    const half = (method: string, path: string) =>
      sendRaw(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx`);
    expect(await half('GET', '/metrics')).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n[^]*Connection: close\r\n/);
    expect(await half('DELETE', '/metrics')).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
    expect(await half('POST', '/nowhere')).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  test('an own route may take a body, and keeps its connection', async () => {
    const { port } = await serve([], {
      startup: ({ app }) =>
        void app.use(async (ctx, next) => {
          if (ctx.path !== '/own') return next();
          let length = 0;
          for await (const chunk of ctx.req) length += (chunk as Buffer).length;
          ctx.body = `${length} bytes`;
        }),
    });
    const post = 'POST /own HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345';
    const answer = await sendRaw(port, `${post}${post}${get('/-/healthy', 'Connection: close\r\n')}`);
    expect(answer.match(/5 bytes/g)).toHaveLength(2);
    expect(answer).toContain('is healthy');
  });
});

describe('scrapes at once', () => {
  test('those that share a call count once, and one beyond the limit gets 503 and costs one line', async () => {
    const { letGo, update } = await heldScrapes();
    const { url, exporter, warnings } = await serve(['--max-concurrent-scrapes', '1'], { update });
    const shared = Array.from({ length: 5 }, () => ask(`${url}metrics`));
    await until(() => letGo.length === 1, 'a call');
    const refused = await Promise.all(Array.from({ length: 3 }, () => ask(`${url}metrics?exclude[]=update`)));
    expect(refused.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect(warnings()).toMatchObject([{ msg: 'scrapes refused: as many as may be are under way', times: 1 }]);
    // Health, HEAD and scrapes without HTTP need no place.
    expect((await ask(`${url}-/ready`)).status).toBe(200);
    expect((await ask({ port: Number(new URL(url).port), host: '127.0.0.1', path: '/metrics', method: 'HEAD' })).status).toBe(200);
    const own = exporter.scrape();
    letGo[0]?.();
    expect((await own).status).toBe(200);
    expect((await Promise.all(shared)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await ask(`${url}metrics?exclude[]=update`)).status).toBe(200);
  });

  test('a client that goes away frees its place and its work', async () => {
    let signal: AbortSignal | undefined;
    const { port, url } = await serve(['--max-concurrent-scrapes', '1'], {
      update: (scrape) => {
        if (signal !== undefined) return undefined;
        ({ signal } = scrape);
        return new Promise((_resolve, reject) => scrape.signal.addEventListener('abort', () => reject(new Error('gone'))));
      },
    });
    const { socket } = await open(port);
    socket.write(get());
    await until(() => signal !== undefined, 'a call');
    expect((await ask(`${url}metrics?exclude[]=update`)).status).toBe(503);
    socket.destroy();
    await until(() => signal?.aborted === true, 'an abort');
    expect((await ask(`${url}metrics`)).status).toBe(200);
  });

  test('0 is any number', async () => {
    const { letGo, update } = await heldScrapes();
    const { url } = await serve(['--max-concurrent-scrapes', '0'], { update });
    const first = ask(`${url}metrics`);
    await until(() => letGo.length === 1, 'a call');
    const others = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(`${url}metrics?exclude[]=update&x=${index}`)));
    expect(others.every(({ status }) => status === 200)).toBe(true);
    letGo[0]?.();
    expect((await first).status).toBe(200);
  });
});

describe('connections', () => {
  test('the one that waits longest makes room for a new one, and one line tells', async () => {
    const { port, warnings } = await serve(['--web-max-connections', '3']);
    const [first, second, third] = [await open(port), await open(port), await open(port)];
    // Whoever asks waits shorter.
    first.socket.write(get('/-/healthy'));
    await until(() => first.text().includes('is healthy'), 'an answer');
    const fourth = await open(port);
    await second.closed;
    for (const [count, client] of [first, third, fourth].entries()) {
      client.socket.write(get('/-/ready'));
      await until(() => client.text().includes('is ready'), `an answer to ${count}`);
    }
    const fifth = await open(port);
    await first.closed;
    expect([third, fourth, fifth].map(({ socket }) => socket.destroyed)).toEqual([false, false, false]);
    expect(warnings()).toMatchObject([{ msg: 'connections closed: as many as may be are open', maxConnections: 3, times: 1 }]);
  });

  test('each one closed is counted with its reason', async () => {
    const { port, exporter } = await serve(['--web-max-connections', '2', '--web-exporter-metrics']);
    const first = await open(port);
    await open(port);
    await open(port);
    await first.closed;
    const { body } = await exporter.scrape();
    expect(String(body)).toContain('door_exporter_http_requests_rejected_total{reason="connections"} 1\n');
  });

  test('where all are busy, the new one has to go', async () => {
    const { letGo, update } = await heldScrapes();
    let requests = 0;
    const { port } = await serve(['--web-max-connections', '2'], {
      update,
      startup: ({ app }) => void app.use((_ctx, next) => ((requests += 1), next())),
    });
    const busy = [await open(port), await open(port)];
    for (const { socket } of busy) socket.write(get());
    await until(() => requests === 2 && letGo.length === 1, 'two requests that share a call');
    const late = await open(port);
    await late.closed;
    letGo[0]?.();
    for (const { text } of busy) await until(() => text().includes('200 OK'), 'an answer');
  });

  test('those of TLS and HTTP/2 count alike', async () => {
    const { letGo, update } = await heldScrapes();
    const { port, url } = await serve(['--web-max-connections', '2', ...tls], { update });
    const session = connectHttp2(url, { ca, servername: 'localhost' });
    ends.push(() => session.destroy());
    await once(session, 'connect');
    const answered = once(session.request({ ':path': '/metrics' }), 'response');
    const idle = connectTls({ port, host: '127.0.0.1', ca, servername: 'localhost' }).on('error', () => {});
    ends.push(() => idle.destroy());
    await once(idle, 'secureConnect');
    await until(() => letGo.length === 1, 'a call');
    const later = connectTls({ port, host: '127.0.0.1', ca, servername: 'localhost' }).resume();
    ends.push(() => later.destroy());
    await Promise.all([once(later, 'secureConnect'), until(() => idle.resume().destroyed, 'that the idle one goes')]);
    letGo[0]?.();
    expect(((await answered) as [Record<string, unknown>])[0][':status']).toBe(200);
    expect([session.destroyed, later.destroyed]).toEqual([false, false]);
  });

  test('a thousand clients that send a byte now and then do not keep others out', async () => {
    const { port, url, warnings } = await serve(['--web-max-connections', '100', '--web-header-timeout', '1s']);
    const clients = Array.from({ length: 1_000 }, () =>
      connect(port, '127.0.0.1')
        .on('error', () => {})
        .resume(),
    );
    ends.push(() => clients.forEach((client) => client.destroy()));
    for (const client of clients) client.write('G');
    for (let count = 0; count < 10; count++) expect((await ask(`${url}metrics`)).status).toBe(200);
    await until(() => clients.filter(({ destroyed }) => destroyed).length >= 900, 'that they are closed');
    expect(warnings()).toHaveLength(1);
  });
});
