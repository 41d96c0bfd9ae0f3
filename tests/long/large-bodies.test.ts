import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { createExporter, Exporter } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';

const count = 100_000;
const crowd = 16;
const encodings = ['identity', 'gzip'] as const;

@Exporter({ name: 'large-exporter', description: 'Has many series.' })
class Large {}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that buffers and numbers take, without garbage. */
async function measure(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    collectGarbage();
    await setTimeout(50);
  }
  return process.memoryUsage().arrayBuffers;
}

let server: Server;
let exporter: Awaited<ReturnType<typeof start>>;
const answers: ServerResponse[] = [];

async function start() {
  const large = createExporter(Large, { log: silentLogger });
  const { load } = large.createMetrics([{ name: 'load', type: 'gauge', help: 'One of many.', labels: ['host'] }]);
  const series = Array.from({ length: count }, (_, index) => load.labels({ host: `host-${index}.example.com` }));
  const set = (round: number): void => series.forEach((one, index) => one.set(round + index / 7));
  await large.start();
  return { set, stop: () => large.stop(), handler: large.app.callback() };
}

beforeAll(async () => {
  exporter = await start();
  server = createServer((req, res) => {
    answers.push(res);
    void exporter.handler(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await exporter.stop();
});

/** Asks, and leaves the body alone. */
async function ask(encoding: string): Promise<IncomingMessage> {
  const request = get({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    path: '/metrics',
    agent: false,
    headers: { 'accept-encoding': encoding },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const scrape = async (encoding: string): Promise<Buffer> => read(await ask(encoding));

/** Scrapes from many clients at once; gives how many bytes the text has. */
async function scrapeTogether(): Promise<number> {
  const bodies = await Promise.all(Array.from({ length: crowd }, (_, client) => scrape(encodings[client % encodings.length]!)));
  const [plain, compressed] = bodies as [Buffer, Buffer];
  expect(gunzipSync(compressed).equals(plain)).toBe(true);
  return plain.length;
}

test('memory is at most twice the text of each representation in use, whatever the number of clients', async () => {
  const before = await measure();
  let length = 0;
  for (let round = 0; round < 5; round++) {
    exporter.set(round);
    length = await scrapeTogether();
  }
  answers.length = 0;
  expect((await measure()) - before).toBeLessThan(2 * encodings.length * length);
});

test('who does not read holds up nobody and costs nothing, and gets what he began with', async () => {
  exporter.set(10);
  const first = await scrape('identity');
  answers.length = 0;
  const before = await measure();
  const stalled = await Promise.all(Array.from({ length: crowd }, () => ask('identity')));
  const waiting = [...answers];
  exporter.set(11);
  // They are older than what the others get.
  for (let round = 0; round < 3; round++) expect((await scrape('identity')).toString()).toContain(`{host="host-0.example.com"} 11\n`);
  expect(waiting.map(({ writableFinished }) => writableFinished)).toEqual(waiting.map(() => false));
  // No more is given to the connection than it takes, but for one part.
  for (const { writableLength } of waiting) expect(writableLength).toBeLessThan(first.length / 4);
  // All of them share one body.
  expect((await measure()) - before).toBeLessThan(2 * first.length);
  for (const body of await Promise.all(stalled.map(read))) expect(body.equals(first)).toBe(true);
});
