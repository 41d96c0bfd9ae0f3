import { once } from 'node:events';
import type { RequestOptions } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { createWebTls, openWebConfig } from '../../src/model/web-config.js';
import { type Listening, listen } from '../../src/web/listen.js';
import { type Line, recordingLog } from './recording-log.js';
import { until } from '../until.js';
import { ca, pairOf, read } from './secure-server.js';

const tls = pairOf('server');
const client = pairOf('client');
const stranger = pairOf('other-client');

let listening: Listening;
let lines: Line[];
async function start(material: Parameters<typeof createWebTls>[0]): Promise<{ readonly url: string; readonly port: number }> {
  const recording = recordingLog();
  ({ lines } = recording);
  const sockets = [{ kind: 'tcp', hosts: ['localhost'], port: 0 } as const];
  const place = { sockets, web: { ...openWebConfig, tls: createWebTls(material) } };
  listening = await listen((_req, res) => res.end('answer'), place, { server: 'weather-exporter/1.2.3', log: recording.log });
  const url = listening.urls[0] ?? '';
  return { url, port: Number(new URL(url).port) };
}
afterEach(() => listening.close(0));

async function readUrl(url: string, options: RequestOptions): Promise<string> {
  return read(Number(new URL(url).port), { host: 'localhost', ...options });
}

test('a server with a key pair speaks HTTPS', async () => {
  const { url } = await start(tls);
  expect(url).toMatch(/^https:\/\/localhost:\d+\/$/);
  expect(await readUrl(url, { ca })).toBe('answer');
  await expect(readUrl(url, { ca: undefined })).rejects.toThrow();
});

test('a client that speaks plain HTTP there costs one debug line', async () => {
  const { port } = await start(tls);
  await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
  await until(() => lines.length > 0);
  expect(lines).toMatchObject([{ level: 'debug', message: 'TLS handshake failed', error: 'http request' }]);
});

test('TLS before 1.2 is refused', async () => {
  const { port } = await start(tls);
  const socket = connect({ port, host: 'localhost', ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  await expect(once(socket, 'secureConnect')).rejects.toThrow();
  await until(() => lines.length > 0);
  // Nothing else comes later.
  await listening.close(0);
  expect(lines).toMatchObject([{ level: 'debug', message: 'TLS handshake failed', error: 'unsupported protocol' }]);
});

test('garbage instead of TLS after the handshake costs one debug line that says why', async () => {
  const { port } = await start(tls);
  const raw = connectTcp(port, 'localhost');
  const socket = connect({ socket: raw, host: 'localhost', ca }).resume();
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  raw.write('this is no record');
  await until(() => lines.length > 0);
  expect(lines).toMatchObject([{ level: 'debug', message: 'bad request', error: 'wrong version number' }]);
});

test('garbage inside TLS is answered with 400', async () => {
  const { port } = await start(tls);
  const socket = connect({ port, host: 'localhost', ca }).setEncoding('utf8');
  socket.write('garbage\r\n\r\n');
  let answer = '';
  socket.on('data', (chunk: string) => (answer += chunk));
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nServer: weather-exporter\/1\.2\.3\r\n/);
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a server with a CA over %s', (version) => {
  const terms = { ca, minVersion: version, maxVersion: version };

  test('serves clients with a certificate of this CA', async () => {
    const { url } = await start({ ...tls, ca });
    expect(await readUrl(url, { ...terms, ...client })).toBe('answer');
  });

  test.each([
    ['without a certificate', {}, 'peer did not return a certificate'],
    ['with a certificate of another CA', stranger, 'socket hang up'],
  ])('refuses clients %s, with one debug line', async (_what, certificate, error) => {
    const { url } = await start({ ...tls, ca });
    await expect(readUrl(url, { ...terms, ...certificate })).rejects.toThrow();
    await until(() => lines.length > 0);
    expect(lines).toMatchObject([{ level: 'debug', message: 'TLS handshake failed', error }]);
  });
});

test('closing ends idle connections, and handshakes that are not done when the grace time is over', async () => {
  const { port } = await start(tls);
  const idle = connect({ port, host: 'localhost', ca }).resume();
  const silent = connectTcp(port, 'localhost').resume();
  await Promise.all([once(idle, 'secureConnect'), once(silent, 'connect')]);
  const closes: string[] = [];
  const idleClosed = once(idle, 'close').then(() => closes.push('idle'));
  const silentClosed = once(silent, 'close').then(() => closes.push('silent'));
  await Promise.all([listening.close(200), idleClosed, silentClosed]);
  expect(closes).toEqual(['idle', 'silent']);
});

test('a handshake that is done after closing began ends in a closed connection', async () => {
  const { port } = await start(tls);
  const raw = connectTcp(port, 'localhost');
  await once(raw, 'connect');
  // The server has accepted the first once it has served the second.
  expect(await readUrl(`https://localhost:${port}/`, { ca })).toBe('answer');
  const closed = listening.close(60_000);
  const socket = connect({ socket: raw, host: 'localhost', ca }).resume();
  await once(socket, 'close');
  await closed;
  await expect(fetch(`https://localhost:${port}/`)).rejects.toThrow();
});
