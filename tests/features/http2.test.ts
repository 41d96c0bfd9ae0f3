import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Exporter, type Gauge, Metric, OnScrape, OnStartup, type Scrape, type Startup } from '../../src/index.js';
import { startTestExporter, type TestExporter } from '../../src/testing/index.js';
import { describeWith } from '../real-parts.js';
import { recordingLog } from '../web/recording-log.js';
import { until } from '../until.js';
import { ca, pathOf } from '../web/secure-server.js';

const stations = 20_000;

@Exporter({ name: 'weather-exporter', description: 'Weather.', version: '1.2.3' })
class Weather {
  @Metric({ type: 'gauge', help: 'Warmth.', labels: ['station'] }) warmth!: Gauge<'station'>;
  waits = false;
  signals: AbortSignal[] = [];
  letGo = (): void => {};

  @OnStartup() addRoutes({ app }: Startup) {
    app.use(async (ctx, next) => {
      if (ctx.path === '/broken') throw new Error('broken');
      if (ctx.path === '/host') ctx.body = { host: ctx.host, protocol: ctx.protocol, version: ctx.req.httpVersion };
      else await next();
    });
  }

  @OnScrape() async update({ signal }: Scrape) {
    this.signals.push(signal);
    if (this.waits) await new Promise<void>((resolve) => (this.letGo = resolve));
    for (let index = 0; index < stations; index++) this.warmth.set({ station: `station-${index}` }, index);
  }
}

const sslOptions = { sslPrivateKey: pathOf('server-key'), sslPublicKey: pathOf('server'), host: ['127.0.0.1'] };
const { log, lines } = recordingLog();

let exporter: TestExporter<Weather>;
let client: ClientHttp2Session;
beforeEach(async () => {
  lines.length = 0;
  exporter = await startTestExporter(Weather, { listen: true, options: sslOptions, log });
  client = connect(exporter.url ?? '', { ca });
  client.on('error', () => {});
});
afterEach(async () => {
  client.destroy();
  await exporter.stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const stream = client.request({ ':path': path, ...headers });
  const answered = once(stream, 'response') as Promise<[IncomingHttpHeaders & { ':status'?: number }]>;
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  const [answer] = await answered;
  return { status: answer[':status'], headers: answer, body: Buffer.concat(parts) };
}

test('all routes answer, with the Server header and without Connection', async () => {
  const answers = await Promise.all(['/', '/metrics', '/nowhere', '/broken'].map((path) => ask(path)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 500]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({ server: 'weather-exporter/1.2.3' });
    expect(headers).not.toHaveProperty('connection');
  }
  expect(answers[1]?.body.toString()).toContain('warmth{station="station-19999"} 19999\n');
});

test('HEAD and other methods are answered as over HTTP/1', async () => {
  const head = await ask('/metrics', { ':method': 'HEAD' });
  expect([head.status, head.body.length, exporter.instance.signals.length]).toEqual([200, 0, 0]);
  const post = await ask('/metrics', { ':method': 'POST' });
  expect([post.status, post.headers.allow]).toEqual([405, 'HEAD, GET']);
});

test('an expectation that nobody can meet is refused, with the Server header', async () => {
  const { status, headers } = await ask('/metrics', { expect: 'miracles' });
  expect([status, headers.server]).toEqual([417, 'weather-exporter/1.2.3']);
});

test('a compressed answer is whole', async () => {
  const answer = await ask('/metrics', { 'accept-encoding': 'gzip' });
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(answer.body).toString()).toContain('warmth{station="station-19999"} 19999\n');
});

test('the host and the protocol are those of the request', async () => {
  const { host } = new URL(exporter.url ?? '');
  expect(JSON.parse((await ask('/host')).body.toString())).toEqual({ host, protocol: 'https', version: '2.0' });
});

test('forty requests at once on one connection are answered, without a warning', async () => {
  const warnings: unknown[] = [];
  const warn = (warning: Error): unknown => warnings.push(warning.message);
  process.on('warning', warn);
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/metrics')));
  await new Promise(setImmediate);
  process.off('warning', warn);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  for (const { body } of answers) expect(body.includes('warmth{station="station-19999"} 19999\n')).toBe(true);
  expect(warnings).toEqual([]);
});

test('a client that takes its request back frees its work, and the connection goes on', async () => {
  const { instance } = exporter;
  instance.waits = true;
  const stream = client.request({ ':path': '/metrics' });
  await until(() => instance.signals.length === 1);
  stream.close(constants.NGHTTP2_CANCEL);
  await until(() => instance.signals[0]?.aborted === true);
  instance.waits = false;
  instance.letGo();
  expect((await ask('/')).status).toBe(200);
});

test('a client that goes away frees its work, and is no error', async () => {
  const { instance } = exporter;
  instance.waits = true;
  client.request({ ':path': '/metrics' }).on('error', () => {});
  await until(() => instance.signals.length === 1);
  client.destroy();
  await until(() => instance.signals[0]?.aborted === true);
  instance.letGo();
  expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
});

test('who reads slowly gets all of it, while others are served', async () => {
  const slow = client.request({ ':path': '/metrics' }).pause();
  await once(slow, 'response');
  expect((await ask('/metrics')).status).toBe(200);
  const parts: Buffer[] = [];
  for await (const part of slow) parts.push(part as Buffer);
  expect(Buffer.concat(parts).includes('warmth{station="station-19999"} 19999\n')).toBe(true);
});

test('a stop says so to the client, answers what is under way and ends the connection', async () => {
  const { instance } = exporter;
  instance.waits = true;
  const answer = ask('/metrics');
  await until(() => instance.signals.length === 1);
  const goodbye = once(client, 'goaway');
  const closed = once(client, 'close');
  const stopped = exporter.stop();
  await goodbye;
  instance.letGo();
  expect((await answer).status).toBe(200);
  await Promise.all([closed, stopped]);
});

test('garbage instead of HTTP/2 costs one debug line', async () => {
  const { connect: connectTls } = await import('node:tls');
  const socket = connectTls({ port: Number(new URL(exporter.url ?? '').port), host: '127.0.0.1', ca, ALPNProtocols: ['h2'] }).resume();
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('h2');
  socket.write('this is no preface of HTTP/2\r\n\r\n');
  await once(socket, 'close');
  expect(lines.filter(({ message }) => message === 'HTTP/2 connection failed')).toMatchObject([{ level: 'debug' }]);
  expect((await ask('/')).status).toBe(200);
});

describeWith('curl', "curl's client", () => {
  const run = promisify(execFile);
  const curl = async (...options: string[]): Promise<string> => {
    const { stdout } = await run('curl', ['-sS', '--cacert', pathOf('ca'), ...options, new URL('/metrics', exporter.url).href], {
      maxBuffer: 2 ** 26,
    });
    return stdout;
  };

  test.each([
    ['--http2', '2'],
    ['--http1.1', '1.1'],
  ])('with %s speaks HTTP/%s', async (option, version) => {
    const said = await curl(option, '--compressed', '-w', '%{http_version} %{http_code}');
    expect(said).toContain('warmth{station="station-19999"} 19999\n');
    expect(said.endsWith(`${version} 200`)).toBe(true);
  });
});
