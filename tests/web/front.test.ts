import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { createWebTls, openWebConfig, type WebConfig } from '../../src/model/web-config.js';
import { type Listening, listen } from '../../src/web/listen.js';
import { recordingLog } from './recording-log.js';
import { ca, pairOf, pem, read } from './secure-server.js';

const pair = pairOf('server');
/** A certificate of the same authority, which is another one all the same. */
const nextPair = pairOf('client');
const client = pairOf('client');
const secure = (parts: Partial<Parameters<typeof createWebTls>[0]> = {}): WebConfig => ({
  ...openWebConfig,
  tls: createWebTls({ ...pair, ...parts }),
});

let listening: Listening;
afterEach(() => listening.close(0));

async function start(web: WebConfig, hosts: readonly string[] = ['127.0.0.1']): Promise<number> {
  const terms = { server: 'weather-exporter/1.2.3', log: recordingLog().log };
  listening = await listen((_req, res) => res.end('answer'), { sockets: [{ kind: 'tcp', hosts, port: 0 }], web }, terms);
  return Number(new URL(listening.urls[0] ?? '').port);
}

async function shake(port: number, options: ConnectionOptions = {}, host = '127.0.0.1'): Promise<TLSSocket> {
  const socket = connect({ port, host, rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

const nameOf = (socket: TLSSocket): unknown => socket.getPeerCertificate().subject.CN;

async function shownName(port: number, host?: string): Promise<unknown> {
  const socket = await shake(port, {}, host);
  const name = nameOf(socket);
  socket.destroy();
  return name;
}

test('another certificate is shown at the next handshake, at all addresses', async () => {
  const port = await start(secure(), ['127.0.0.1', '127.0.0.2']);
  listening.apply(secure(nextPair));
  expect([await shownName(port), await shownName(port, '127.0.0.2')]).toEqual(['scraper', 'scraper']);
});

test('an open connection stays when the certificate changes', async () => {
  const port = await start(secure());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const opened: unknown[] = [];
  agent.on('free', (socket) => opened.push(socket));
  expect(await read(port, { agent })).toBe('answer');
  listening.apply(secure(nextPair));
  expect(await read(port, { agent })).toBe('answer');
  agent.destroy();
  expect(new Set(opened).size).toBe(1);
});

test('a handshake that is under way ends with the certificate it began with', async () => {
  const port = await start(secure());
  const raw = connectTcp(port, '127.0.0.1');
  await once(raw, 'connect');
  // The server has accepted the first once it has served the second.
  expect(await shownName(port)).toBe('localhost');
  listening.apply(secure(nextPair));
  const socket = connect({ socket: raw, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(nameOf(socket)).toBe('localhost');
  socket.destroy();
});

test('TLS can be turned on and off, and the URLs tell', async () => {
  const port = await start(openWebConfig);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('answer');
  listening.apply(secure());
  expect(listening.urls).toEqual([`https://127.0.0.1:${port}/`]);
  expect(await read(port, { agent: false })).toBe('answer');
  listening.apply(openWebConfig);
  expect(listening.urls).toEqual([`http://127.0.0.1:${port}/`]);
  expect(await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()).toBe('answer');
});

test('a session of before is not resumed under another policy', async () => {
  const port = await start(secure());
  const before = connect({ port, host: '127.0.0.1', ca }).resume();
  const [session] = (await once(before, 'session')) as [Buffer];
  before.destroy();
  listening.apply(secure({ ca }));
  const after = await shake(port, { session, ...client });
  expect(after.isSessionReused()).toBe(false);
  after.destroy();
});

test.each<[what: string, web: WebConfig]>([
  ['a key of another certificate', secure({ key: pem('other-key') })],
  ['no key', secure({ key: Buffer.from('garbage') })],
  ['no certificate', secure({ cert: Buffer.from('garbage') })],
  ['unknown ciphers', { ...openWebConfig, tls: { ...createWebTls(pair), ciphers: ['NONE-SUCH'] } }],
  ['unknown curves', { ...openWebConfig, tls: { ...createWebTls(pair), curves: ['NONE-SUCH'] } }],
])('a configuration that cannot be used is refused, and the one before stays: %s', async (_what, web) => {
  const port = await start(secure(), ['127.0.0.1', '127.0.0.2']);
  expect(() => listening.apply(web)).toThrow(expect.objectContaining({ code: 'INVALID_TLS' }) as Error);
  expect([await shownName(port), await shownName(port, '127.0.0.2')]).toEqual(['localhost', 'localhost']);
});

test('no request fails while the configuration changes again and again', async () => {
  const port = await start(secure());
  const agents = Array.from({ length: 2 }, () => new Agent({ keepAlive: true, maxSockets: 2 }));
  let isOver = false;
  const answers: string[] = [];
  const ask = async (agent: Agent | false): Promise<void> => {
    while (!isOver) answers.push(await read(port, { agent, ...client }));
  };
  const asking = Promise.all([...agents, false as const, false as const].map(ask));
  for (let round = 0; round < 15; round++) {
    listening.apply([secure(), secure({ ca }), secure(pairOf('rsa-server'))][round % 3] ?? openWebConfig);
    await read(port, { agent: false, ...client });
  }
  isOver = true;
  await asking;
  for (const agent of agents) agent.destroy();
  expect(answers.length).toBeGreaterThan(15);
  expect(new Set(answers)).toEqual(new Set(['answer']));
});

test('what was put out of force is not kept', async () => {
  const port = await start(secure());
  await read(port, { agent: false });
  const handles = (): number => process.getActiveResourcesInfo().length;
  const before = handles();
  for (let round = 0; round < 20; round++) listening.apply(secure());
  expect(handles()).toBe(before);
});
