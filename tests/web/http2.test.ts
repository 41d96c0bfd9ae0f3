import { once } from 'node:events';
import { connect, constants } from 'node:http2';
import { hashSync } from '@node-rs/bcrypt';
import Koa from 'koa';
import { listen } from '../../src/web/listen.js';
import { recordingLog } from './recording-log.js';
import { ca, secureWeb } from './secure-server.js';

const users = new Map([['alice', hashSync('wonder', { cost: 4 })]]);
const web = secureWeb({}, { users, headers: { 'X-Frame-Options': 'deny' }, rateLimit: { intervalMilliseconds: 90_000, burst: 3 } });

test('what stands before an application stands there over HTTP/2, too', async () => {
  const app = new Koa();
  app.silent = true;
  app.use((ctx) => {
    if (ctx.path === '/broken') throw new Error('broken');
    ctx.body = 'answer';
  });
  const terms = { server: 'weather-exporter/1.2.3', log: recordingLog().log };
  const listening = await listen(app.callback(), { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }], web }, terms);
  const client = connect(listening.urls[0] ?? '', { ca });
  const ask = async (path: string, password: string): Promise<unknown> => {
    const stream = client.request({ ':path': path, authorization: `Basic ${btoa(`alice:${password}`)}` });
    const [headers] = (await once(stream.resume(), 'response')) as [Record<string, unknown>];
    return [headers[':status'], headers['x-frame-options'], headers['www-authenticate'], headers['retry-after']];
  };
  expect(await ask('/', 'wonder')).toEqual([200, 'deny', undefined, undefined]);
  expect(await ask('/', 'x')).toEqual([401, 'deny', 'Basic realm="weather-exporter", charset="UTF-8"', undefined]);
  expect(await ask('/broken', 'wonder')).toEqual([500, 'deny', undefined, undefined]);
  expect(await ask('/', 'wonder')).toEqual([429, undefined, undefined, '90']);
  client.destroy();
  await listening.close(0);
});

test('an answer that is cut off is not taken for a whole one', async () => {
  const terms = { server: 'x', log: recordingLog().log };
  const listening = await listen(
    (_req, res) => {
      res.write('the first half', () => res.destroy());
    },
    { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }], web: secureWeb() },
    terms,
  );
  const client = connect(listening.urls[0] ?? '', { ca });
  const stream = client
    .request({ ':path': '/' })
    .on('error', () => {})
    .resume();
  await new Promise((resolve) => stream.on('close', resolve));
  expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
  client.destroy();
  await listening.close(0);
});

test.each([
  ['when it is turned off', secureWeb({}, { http2: false })],
  ['with a TLS that is too old for it', secureWeb({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })],
])('HTTP/2 is not offered %s', async (_what, withoutHttp2) => {
  const terms = { server: 'x', log: recordingLog().log };
  const listening = await listen(
    (_req, res) => res.end(),
    { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }], web: withoutHttp2 },
    terms,
  );
  const { connect: connectTls } = await import('node:tls');
  const port = Number(new URL(listening.urls[0] ?? '').port);
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    ca,
    ALPNProtocols: ['h2', 'http/1.1'],
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
  });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('http/1.1');
  socket.destroy();
  await listening.close(0);
});
