import { once } from 'node:events';
import { get, type IncomingMessage, type RequestOptions } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import compress from 'koa-compress';
import { type Counter, Exporter, type Gauge, Metric, OnScrape, OnStartup, type Startup } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';
import { until } from '../until.js';

const openMetrics = 'application/openmetrics-text;version=1.0.0';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

@Exporter({ name: 'weather-exporter', description: 'Weather.' })
class Weather {
  scrapes = 0;
  @Metric({ type: 'gauge', help: 'Warmth.', labels: ['city'] }) warmth!: Gauge<'city'>;
  @Metric({ type: 'counter', help: 'Scrapes.' }) calls!: Counter;
  @OnScrape() update() {
    this.scrapes += 1;
    for (const city of ['Berlin', 'Oslo']) this.warmth.set({ city }, 12);
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Asks as it is told, and does not decompress. */
async function ask(url: string | undefined, path: string, options: RequestOptions = {}): Promise<Answer> {
  const request = get(new URL(path, url), { agent: false, ...options });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body: Buffer[] = [];
  for await (const part of response) body.push(part as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(body) };
}

test.each<[encoding: string | undefined, coding: string | undefined, read: (bytes: Buffer) => Buffer]>([
  [undefined, undefined, (bytes) => bytes],
  ['identity', undefined, (bytes) => bytes],
  ['gzip', 'gzip', gunzipSync],
  ['gzip;q=0', undefined, (bytes) => bytes],
  ['br', 'br', brotliDecompressSync],
  ['gzip, deflate, br', 'gzip', gunzipSync],
])('who accepts the encoding %p gets %p', async (encoding, coding, read) => {
  await using exporter = await startTestExporter(Weather, { listen: true });
  const headers = encoding === undefined ? {} : { 'Accept-Encoding': encoding };
  const answer = await ask(exporter.url, 'metrics', { headers });
  expect([answer.status, answer.headers['content-encoding'], answer.headers['vary']]).toEqual([200, coding, 'Accept, Accept-Encoding']);
  expect(Number(answer.headers['content-length'])).toBe(answer.body.length);
  expect(read(answer.body).toString()).toContain('\nwarmth{city="Oslo"} 12\n');
});

test('each format is answered in its own type', async () => {
  await using exporter = await startTestExporter(Weather, { listen: true });
  for (const accept of [openMetrics, protobuf, 'text/plain;version=1.0.0;escaping=allow-utf-8']) {
    const { status, headers } = await ask(exporter.url, 'metrics', { headers: { Accept: accept } });
    const [mediaType] = accept.split(';');
    expect([status, headers['content-type']?.split(';')[0]]).toEqual([200, mediaType]);
  }
});

test('HEAD tells the headers of the answer, and runs no collector', async () => {
  await using exporter = await startTestExporter(Weather, { listen: true });
  const headers = { Accept: openMetrics, 'Accept-Encoding': 'gzip' };
  const answer = await ask(exporter.url, 'metrics', { method: 'HEAD', headers });
  expect([answer.status, answer.headers['content-encoding'], answer.headers['content-type'], answer.body.length]).toEqual([
    200,
    'gzip',
    'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
    0,
  ]);
  expect(exporter.instance.scrapes).toBe(0);
});

test('name[] chooses families', async () => {
  await using exporter = await startTestExporter(Weather, { listen: true });
  const { body } = await ask(exporter.url, 'metrics?name[]=calls_total&name[]=nobody');
  expect(body.toString()).toBe('# HELP calls_total Scrapes.\n# TYPE calls_total counter\ncalls_total 0\n');
  const escaped = await ask(exporter.url, 'metrics?name%5B%5D=warmth');
  expect(escaped.body.toString()).toContain('warmth{city="Oslo"} 12');
  expect(escaped.body.toString()).not.toContain('calls');
});

test('middleware that compresses does not do so again', async () => {
  @Exporter({ name: 'weather-exporter', description: 'Weather.' })
  class Compressed extends Weather {
    @OnStartup() addCompression({ app }: Startup) {
      app.use(compress({ threshold: 1 }));
    }
  }
  await using exporter = await startTestExporter(Compressed, { listen: true });
  const { headers, body } = await ask(exporter.url, 'metrics', { headers: { 'Accept-Encoding': 'gzip' } });
  expect(headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(body).toString()).toContain('\nwarmth{city="Oslo"} 12\n');
  const plain = await ask(exporter.url, 'metrics', { headers: { 'Accept-Encoding': 'gzip;q=0' } });
  expect([plain.headers['content-encoding'], plain.body.toString().includes('warmth{city="Oslo"} 12')]).toEqual([undefined, true]);
});

/** Sets every series of a large family to the number of the call. */
@Exporter({ name: 'large-exporter', description: 'Large.' })
class Large {
  call = 0;
  @Metric({ type: 'gauge', help: 'Large.', labels: ['series'] }) large!: Gauge<'series'>;
  @OnScrape() async update() {
    this.call += 1;
    for (let series = 0; series < 20_000; series++) {
      this.large.set({ series }, this.call);
      if (series % 5_000 === 0) await setTimeout(1);
    }
  }
}

test('no answer mixes two moments, however many are written at a time', async () => {
  await using exporter = await startTestExporter(Large, { listen: true });
  const wishes = [{}, { 'Accept-Encoding': 'gzip' }, { Accept: openMetrics }, { Accept: openMetrics, 'Accept-Encoding': 'gzip' }];
  const asked = Array.from({ length: 40 }, async (_, index) => {
    await setTimeout(index * 7);
    const { headers, body } = await ask(exporter.url, 'metrics', { headers: wishes[index % wishes.length] ?? {} });
    const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    const values = Array.from(text.matchAll(/^large\{.* (\d+)$/gm), ([, value]) => Number(value));
    return { count: values.length, moments: new Set(values).size };
  });
  for (const answer of await Promise.all(asked)) expect(answer).toEqual({ count: 20_000, moments: 1 });
  expect(exporter.instance.call).toBeGreaterThan(1);
});

test('who reads slowly keeps nobody from reading', async () => {
  await using exporter = await startTestExporter(Large, { listen: true });
  const request = get(new URL('metrics', exporter.url), { agent: false });
  const [slow] = (await once(request, 'response')) as [IncomingMessage];
  slow.pause();
  const others = await Promise.all([1, 2, 3].map(() => ask(exporter.url, 'metrics')));
  expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  let length = 0;
  slow.on('data', (part: Buffer) => (length += part.length));
  slow.resume();
  await once(slow, 'end');
  expect(length).toBe(Number(slow.headers['content-length']));
});

test('other requests and timers go on while a large answer is made', async () => {
  await using exporter = await startTestExporter(Large, { listen: true });
  await exporter.scrape();
  let isDone = false;
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const asked = ask(exporter.url, 'metrics', { headers: { Accept: protobuf, 'Accept-Encoding': 'gzip' } }).finally(() => (isDone = true));
  await until(() => isDone);
  clearInterval(timer);
  expect((await asked).status).toBe(200);
  expect(turns).toBeGreaterThan(3);
});
