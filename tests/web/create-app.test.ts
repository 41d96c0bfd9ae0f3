import { once } from 'node:events';
import { createServer, get as httpGet, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import type Koa from 'koa';
import request from 'supertest';
import { createApp } from '../../src/web/create-app.js';
import type { Site } from '../../src/web/site.js';
import { type Line, recordingLog } from './recording-log.js';
import { until } from '../until.js';

const site: Site = { name: 'weather-exporter', version: '1.2.3', description: 'Weather.', metricsPath: '/metrics' };
const server = 'weather-exporter/1.2.3';

let app: Koa;
let lines: Line[];
beforeEach(() => {
  const recording = recordingLog();
  ({ lines } = recording);
  app = createApp(site, recording.log);
});
const agent = () => request(app.callback());
const errors = (): Line[] => lines.filter(({ level }) => level === 'error');

test('a target that Koa cannot read is answered 400 by any server', async () => {
  const nodeServer = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(nodeServer, 'listening');
  const socket = connect((nodeServer.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`GET https://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  nodeServer.close();
  expect(answer.split('\r\n')).toEqual(expect.arrayContaining(['HTTP/1.1 400 Bad Request', `Server: ${server}`]));
  expect(errors()).toEqual([]);
});

describe('the Server header', () => {
  test('is on what is found and on what is not', async () => {
    app.use((ctx) => {
      if (ctx.path === '/found') ctx.body = 'yes';
    });
    expect(await agent().get('/found')).toMatchObject({ status: 200, headers: { server } });
    expect(await agent().get('/lost')).toMatchObject({ status: 404, text: 'Not Found', headers: { server } });
  });

  test.each<[rule: string, thrown: unknown, status: number, text: string]>([
    ['an error', new Error('broken'), 500, 'Internal Server Error'],
    ['an error for the client', Object.assign(new Error('no tea'), { status: 418, expose: true }), 418, 'no tea'],
    ['a frozen error', Object.freeze(new Error('cold')), 500, 'Internal Server Error'],
    ['what is no error', 'a string', 500, 'Internal Server Error'],
    ['an empty string', '', 500, 'Internal Server Error'],
  ])('stays when middleware throws %s', async (_rule, thrown, status, text) => {
    app.use(() => {
      throw thrown;
    });
    const answer = await agent().get('/');
    expect(answer).toMatchObject({ status, text, headers: { server } });
    expect(answer.type).toBe('text/plain');
  });

  test("stays beside an error's own headers", async () => {
    app.use((ctx) => ctx.throw(503, 'busy', { headers: { 'Retry-After': '7' } }));
    expect(await agent().get('/')).toMatchObject({ status: 503, headers: { server, 'retry-after': '7' } });
  });

  test('stays when a callback hands an error over', async () => {
    app.use((ctx) => {
      ctx.respond = false;
      setImmediate(() => ctx.onerror(new Error('late')));
    });
    expect(await agent().get('/')).toMatchObject({ status: 500, headers: { server } });
    expect(errors()).toMatchObject([{ message: 'request failed', error: 'late' }]);
  });

  test('holds only what a header may hold', async () => {
    const odd = createApp({ ...site, version: '1.0 – β\n' }, recordingLog().log);
    expect((await request(odd.callback()).get('/')).headers['server']).toBe('weather-exporter/1.0 _ __');
  });
});

describe('the log', () => {
  test('has a line at debug level for each request, without its query', async () => {
    app.use((ctx) => {
      if (ctx.path === '/found') ctx.body = 'four';
    });
    await agent().get('/found?secret=1');
    await agent().head('/found');
    await agent().get('/lost');
    await until(() => lines.length === 3);
    expect(lines).toEqual([
      {
        level: 'debug',
        message: 'request',
        client: '127.0.0.1',
        method: 'GET',
        path: '/found',
        status: 200,
        bytes: 4,
        milliseconds: expect.any(Number) as number,
      },
      {
        level: 'debug',
        message: 'request',
        client: '127.0.0.1',
        method: 'HEAD',
        path: '/found',
        status: 200,
        milliseconds: expect.any(Number) as number,
      },
      {
        level: 'debug',
        message: 'request',
        client: '127.0.0.1',
        method: 'GET',
        path: '/lost',
        status: 404,
        bytes: 9,
        milliseconds: expect.any(Number) as number,
      },
    ]);
  });

  test('has no size where none was said', async () => {
    app.use((ctx) => {
      ctx.body = Readable.from(['a', 'b']);
    });
    await agent().get('/');
    await until(() => lines.length === 1);
    expect(lines[0]?.['bytes']).toBeUndefined();
  });

  test('has none for a request where nobody writes lines at debug level', async () => {
    const { log, lines: few } = recordingLog();
    const asked: string[] = [];
    const isLevelEnabled = (level: string): boolean => (asked.push(level), false);
    await request(createApp(site, { ...log, isLevelEnabled }).callback()).get('/');
    expect([asked, few]).toEqual([['debug'], []]);
  });

  test('has one line for an error, and its stack at debug level', async () => {
    const print = jest.spyOn(console, 'error');
    app.use(() => {
      throw new Error('broken');
    });
    await agent().get('/a');
    expect(errors()).toEqual([{ level: 'error', message: 'request failed', method: 'GET', path: '/a', error: 'broken' }]);
    expect(lines.find((line) => 'stack' in line)).toMatchObject({ level: 'debug', message: 'request failed' });
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });

  test('has one line for a body stream that fails', async () => {
    app.use((ctx) => {
      ctx.body = new Readable({
        read() {
          this.destroy(new Error('torn'));
        },
      });
    });
    await expect(agent().get('/')).rejects.toThrow('socket hang up');
    expect(errors()).toMatchObject([{ message: 'request failed', error: 'torn' }]);
  });

  test.each([
    [400, 0],
    [404, 0],
    [503, 1],
  ])('of an error %i that is shown to the client has %i error lines', async (status, count) => {
    app.use((ctx) => ctx.throw(status, 'see', { expose: true }));
    expect((await agent().get('/')).status).toBe(status);
    expect(errors()).toHaveLength(count);
  });

  test('has an error line for what an author tells without a request', () => {
    app.emit('error', Object.assign(new Error('lost the database'), { code: 'ECONNRESET' }));
    expect(errors()).toMatchObject([{ message: 'request failed', error: 'lost the database' }]);
  });
});

describe('a client that goes away', () => {
  let nodeServer: Server;
  afterEach(() => nodeServer.close());

  const leave = async (): Promise<void> => {
    nodeServer = createServer(app.callback()).listen(0, '127.0.0.1');
    await once(nodeServer, 'listening');
    const asked = httpGet(`http://127.0.0.1:${(nodeServer.address() as AddressInfo).port}/slow`);
    asked.on('error', () => {});
    await once(nodeServer, 'request');
    asked.destroy();
  };

  test.each<[what: string, error: Error]>([
    ['ECONNRESET', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['EPIPE', Object.assign(new Error('pipe'), { code: 'EPIPE' })],
    ['aborted', new Error('aborted')],
    ['AbortError', Object.assign(new Error('gone'), { name: 'AbortError' })],
  ])('is no error: %s', async (_what, error) => {
    app.use(async (ctx) => {
      await once(ctx.res, 'close');
      throw error;
    });
    await leave();
    await until(() => lines.length === 2);
    expect(lines.every(({ level, message }) => level === 'debug' && message === 'request aborted')).toBe(true);
    expect(lines[0]).toMatchObject({ method: 'GET', path: '/slow' });
  });

  test('is no error where it resets its connection amid an answer', async () => {
    app.use((ctx) => {
      ctx.body = Buffer.alloc(32 * 1024 * 1024);
    });
    nodeServer = createServer(app.callback()).listen(0, '127.0.0.1');
    await once(nodeServer, 'listening');
    const socket = connect((nodeServer.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'readable');
    socket.resetAndDestroy();
    await until(() => lines.length === 2);
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'debug']);
    expect(lines[0]).toMatchObject({ message: 'request aborted', path: '/long' });
  });

  test('hides no mistake of the author', async () => {
    app.use(async (ctx) => {
      await once(ctx.res, 'close');
      throw new TypeError('mistaken');
    });
    await leave();
    await until(() => errors().length === 1);
    expect(errors()[0]?.['error']).toBe('mistaken');
  });
});

test("an author's own connection that breaks is an error, since the client is still there", async () => {
  app.use(() => {
    throw Object.assign(new Error('database gone'), { code: 'ECONNRESET' });
  });
  await agent().get('/');
  expect(errors()).toMatchObject([{ error: 'database gone' }]);
});
