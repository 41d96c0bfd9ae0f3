import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import request from 'supertest';
import { createExporter, Exporter, type Gauge, Metric, OnScrape, OnStartup, Option, type Startup } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';

@Exporter({ name: 'weather-exporter', description: 'Weather <of> a city.', version: '1.2.3' })
class Weather {
  @Option({ description: 'a city' }) city = 'Berlin';
  @Metric({ type: 'gauge', help: 'Warmth.', labels: ['city'] }) warmth!: Gauge<'city'>;
  @OnStartup() addRoutes({ app }: Startup) {
    const router = new Router();
    router.get('/cities', (ctx) => {
      ctx.body = { city: this.city, exporter: ctx.exporter?.spec.name };
    });
    router.get('/broken', () => {
      throw new Error('broken');
    });
    app.use(async (ctx, next) => {
      ctx.set('X-Author', 'yes');
      await next();
    });
    app.use(router.routes()).use(router.allowedMethods());
  }
  @OnScrape() update() {
    this.warmth.set({ city: this.city }, 12);
  }
}

test('landing page, metrics, 404, 405 and HEAD, each with the Server header', async () => {
  await using exporter = await startTestExporter(Weather, { listen: true });
  const agent = request((exporter.url ?? '').replace(/\/$/, ''));
  const server = 'weather-exporter/1.2.3';
  const page = await agent.get('/');
  expect([page.status, page.headers['server'], page.type]).toEqual([200, server, 'text/html']);
  expect(page.text).toContain('Weather &lt;of&gt; a city.');
  expect(page.text).toContain('href="metrics"');
  const metrics = await agent.get('/metrics');
  expect([metrics.status, metrics.headers['server']]).toEqual([200, server]);
  expect(metrics.text).toContain('warmth{city="Berlin"} 12');
  expect(await agent.get('/nowhere')).toMatchObject({ status: 404, headers: { server } });
  expect(await agent.post('/metrics')).toMatchObject({ status: 405, headers: { server, allow: 'HEAD, GET' } });
  expect(await agent.head('/metrics')).toMatchObject({ status: 200, headers: { server, 'content-type': metrics.headers['content-type'] } });
  expect(await agent.get('/broken')).toMatchObject({ status: 500, headers: { server } });
});

test('a test exporter listens as its options say', async () => {
  const file = (name: string): string => join(__dirname, '../fixtures/tls', name);
  const sslOptions = { sslPrivateKey: file('server-key.pem'), sslPublicKey: file('server.pem'), host: ['127.0.0.1'] };
  await using exporter = await startTestExporter(Weather, { listen: true, options: sslOptions });
  expect(exporter.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
  const answer = await request((exporter.url ?? '').replace(/\/$/, ''))
    .get('/metrics')
    .ca(readFileSync(file('ca.pem')));
  expect(answer.text).toContain('warmth{city="Berlin"} 12');
  expect((await exporter.scrape()).value('warmth', { city: 'Berlin' })).toBe(12);
});

test.each([undefined, null, 'a text', Object.create(null)])(
  "the author's middleware may throw anything, such as %p, and 500 is answered",
  async (thrown) => {
    @Exporter({ name: 'x-exporter', description: 'x', version: '1' })
    class Throwing {
      @OnStartup() start({ app }: Startup) {
        app.use(async (ctx, next) => {
          if (ctx.path === '/odd') throw thrown;
          await next();
        });
      }
    }
    await using exporter = await startTestExporter(Throwing, { listen: true });
    const agent = request((exporter.url ?? '').replace(/\/$/, ''));
    expect(await agent.get('/odd')).toMatchObject({ status: 500, headers: { server: 'x-exporter/1' } });
    expect((await agent.get('/metrics')).status).toBe(200);
  },
);

test('HEAD runs no update handler', async () => {
  let runs = 0;
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Counting {
    @OnScrape() update() {
      runs += 1;
    }
  }
  await using exporter = await startTestExporter(Counting, { listen: true });
  expect((await request((exporter.url ?? '').replace(/\/$/, '')).head('/metrics')).status).toBe(200);
  expect(runs).toBe(0);
});

test("the author's middleware and routes come before ours, and know the exporter", async () => {
  await using exporter = await startTestExporter(Weather, { listen: true, options: { city: 'Oslo' } });
  const agent = request((exporter.url ?? '').replace(/\/$/, ''));
  expect((await agent.get('/cities')).body).toEqual({ city: 'Oslo', exporter: 'weather-exporter' });
  expect((await agent.get('/metrics')).headers['x-author']).toBe('yes');
});

test('the metrics path is that of the options', async () => {
  await using exporter = await startTestExporter(Weather, { listen: true, options: { metricsPath: '/a/b' } });
  const agent = request((exporter.url ?? '').replace(/\/$/, ''));
  expect((await agent.get('/a/b')).status).toBe(200);
  expect((await agent.get('/metrics')).status).toBe(404);
  expect((await agent.get('/')).text).toContain('href="a/b"');
});

describe.each(['before', 'after'])('an exporter mounted in an application %s it starts', (when) => {
  let host: Koa;
  let server: Server;
  const exporters = ['Berlin', 'Oslo'].map((city) => createExporter(Weather, { options: { city }, log: silentLogger }));
  const [berlin, oslo] = exporters;
  const start = () => Promise.all(exporters.map((exporter) => exporter.start()));

  beforeAll(async () => {
    host = new Koa();
    if (when === 'after') await start();
    if (berlin) host.use(mount('/berlin', berlin.middleware()));
    const router = new Router({ prefix: '/oslo' });
    if (oslo) router.all('{/*rest}', oslo.middleware());
    host.use(router.routes());
    host.use((ctx) => {
      ctx.body = 'of the host';
    });
    server = createServer(host.callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    if (when === 'before') {
      expect((await get('/berlin/metrics')).status).toBe(503);
      expect((await get('/oslo/metrics')).status).toBe(503);
      await start();
    }
  });
  afterAll(async () => {
    await Promise.all(exporters.map((exporter) => exporter.stop()));
    server.close();
  });
  const get = (path: string) => request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).get(path);

  test.each([
    ['koa-mount', '/berlin', 'Berlin'],
    ['a router prefix', '/oslo', 'Oslo'],
  ])('answers below %s', async (_way, path, city) => {
    const metrics = await get(`${path}/metrics`);
    expect(metrics.text).toContain(`warmth{city="${city}"} 12`);
    expect(metrics.headers['server']).toBe('weather-exporter/1.2.3');
    for (const landing of [path, `${path}/`]) {
      const page = await get(landing);
      expect(page.status).toBe(200);
      const href = /href="([^"]*metrics)"/.exec(page.text)?.[1] ?? '';
      expect(new URL(href, `http://x${landing}`).pathname).toBe(`${path}/metrics`);
    }
    expect((await get(`${path}/cities`)).body).toMatchObject({ city });
  });

  test('leaves everything else to its host', async () => {
    for (const path of ['/', '/berlin/nowhere', '/elsewhere/metrics']) {
      const answer = await get(path);
      expect([answer.text, answer.headers['server']]).toEqual(['of the host', undefined]);
    }
  });
});
