import { once } from 'node:events';
import { createServer, get as httpGet, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import request from 'supertest';
import { silentLogger } from '../../src/log.js';
import type { MetricsAnswer, MetricsRequest } from '../../src/web/answer-scrape.js';
import { createApp } from '../../src/web/create-app.js';
import type { LeaveSignal } from '../../src/model/leave-signal.js';
import type { Site } from '../../src/web/site.js';
import { createRoutes } from '../../src/web/routes.js';
import { until } from '../until.js';

const server = 'weather-exporter/1.2.3';
const good: MetricsAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', Vary: 'Accept, Accept-Encoding' },
  body: [Buffer.from('up 1\n')],
};

function create({ metricsPath = '/metrics', response = good }: { metricsPath?: string; response?: MetricsAnswer } = {}) {
  const site: Site = { name: 'weather-exporter', version: '1.2.3', description: 'Weather <b>.', metricsPath };
  const asked: MetricsRequest[] = [];
  const app = createApp(site, silentLogger);
  const routes = createRoutes(site, silentLogger, {
    scrape: async (terms) => {
      asked.push(terms);
      return response;
    },
  });
  return { app, routes, asked, agent: () => request(app.use(routes).callback()) };
}

test('the landing page is at /', async () => {
  const page = await create().agent().get('/');
  expect(page).toMatchObject({ status: 200, headers: { server, 'content-type': 'text/html; charset=utf-8' } });
  expect(page.text).toContain('Weather &lt;b&gt;.');
  expect(page.text).toContain('href="metrics"');
});

test('the metrics are answered as the scrape says', async () => {
  const answer = await create().agent().get('/metrics');
  expect(answer).toMatchObject({ status: 200, text: 'up 1\n', headers: { server, 'content-length': '5' } });
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.headers['vary']).toBe('Accept, Accept-Encoding');
});

test('a scrape that failed is answered as it says', async () => {
  const response = { status: 500, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: [Buffer.from('Failed: a\n')] };
  expect(await create({ response }).agent().get('/metrics')).toMatchObject({ status: 500, text: 'Failed: a\n', headers: { server } });
});

test('a scrape that rejects is answered with 500', async () => {
  const { app } = create();
  const site = { name: 'weather-exporter', version: '1.2.3', description: '', metricsPath: '/metrics' };
  app.use(createRoutes(site, silentLogger, { scrape: () => Promise.reject(new Error('secret')) }));
  const answer = await request(app.callback()).get('/metrics');
  expect(answer).toMatchObject({ status: 500, text: 'Internal Server Error', headers: { server } });
});

test('Vary is added to what middleware said before', async () => {
  const { app, agent } = create();
  app.use((ctx, next) => {
    ctx.vary('Origin');
    return next();
  });
  expect((await agent().get('/metrics')).headers['vary']).toBe('Origin, Accept, Accept-Encoding');
});

test.each<[header: string | undefined, seconds: number | undefined]>([
  [undefined, undefined],
  ['10', 10],
  ['0.5', 0.5],
  ['-1', -1],
  ['', undefined],
  ['soon', undefined],
  ['10, 10', undefined],
  ['Infinity', undefined],
])('a timeout header of %p says %p seconds', async (header, seconds) => {
  const { asked, agent } = create();
  await agent()
    .get('/metrics')
    .set(header === undefined ? {} : { 'X-Prometheus-Scrape-Timeout-Seconds': header });
  expect(asked[0]?.timeoutSeconds).toBe(seconds);
});

test('the Accept header is passed on', async () => {
  const { asked, agent } = create();
  await agent().get('/metrics').set('Accept', 'text/plain;q=0.5');
  expect(asked).toMatchObject([{ accept: 'text/plain;q=0.5', head: false }]);
});

test('HEAD has the headers and no body, and says so to the scrape', async () => {
  const { asked, agent } = create({ response: { ...good, body: [Buffer.alloc(0)] } });
  const answer = await agent().head('/metrics');
  expect(answer).toMatchObject({ status: 200, headers: { server, 'content-type': good.headers['Content-Type'] } });
  expect(answer.headers['content-length']).toBeUndefined();
  expect(asked).toMatchObject([{ head: true }]);
  const page = await agent().head('/');
  expect([page.status, page.type, Number(page.headers['content-length']) > 0]).toEqual([200, 'text/html', true]);
});

test.each(['/', '/metrics'])('%s allows HEAD and GET only', async (path) => {
  const { agent, asked } = create();
  for (const method of ['post', 'put', 'patch', 'delete', 'trace', 'propfind'] as const) {
    const answer = await agent()[method](path);
    expect([answer.status, answer.text, answer.headers['allow'], answer.headers['server']]).toEqual([
      405,
      'Method Not Allowed',
      'HEAD, GET',
      server,
    ]);
    expect(answer.type).toBe('text/plain');
  }
  expect(await agent().options(path)).toMatchObject({ status: 200, text: '', headers: { allow: 'HEAD, GET', server } });
  expect(asked).toEqual([]);
});

test('other paths are not found', async () => {
  const { agent } = create();
  for (const path of ['/nowhere', '/metrics/more', '/metricsx', '//metrics', '/metrics%2F']) {
    expect([path, (await agent().get(path)).status]).toEqual([path, 404]);
  }
  const answer = await agent().post('/nowhere');
  expect(answer).toMatchObject({ status: 404, text: 'Not Found', headers: { server } });
  expect(answer.type).toBe('text/plain');
});

test.each([
  ['/metrics', ['/metrics', '/metrics/', '/METRICS', '/metrics?a=b'], ['/']],
  ['/metrics/', ['/metrics', '/metrics/'], ['/metric']],
  ['/a/metrics', ['/a/metrics'], ['/metrics', '/a']],
  ['/a+b!c[d]', ['/a+b!c[d]'], ['/aab!c[d]']],
  ['/métriques', ['/m%C3%A9triques'], []],
])('the metrics path %s is found at %j', async (metricsPath, found, others) => {
  const { asked, agent } = create({ metricsPath });
  for (const path of found) expect([path, (await agent().get(path)).status]).toEqual([path, 200]);
  expect(asked).toHaveLength(found.length);
  for (const path of others) await agent().get(path);
  expect(asked).toHaveLength(found.length);
});

test('metrics at / take the place of the landing page', async () => {
  const { agent } = create({ metricsPath: '/' });
  expect((await agent().get('/')).text).toBe('up 1\n');
  expect((await agent().get('/metrics')).status).toBe(404);
});

test('routers before ours neither change what is allowed nor see what ours leaves in the context', async () => {
  const { app, agent } = create();
  const router = new Router();
  router.all('/{*rest}', (_ctx, next) => next());
  let matched: unknown;
  app.use(async (ctx, next) => {
    await next();
    matched = [ctx['matched']?.length, ctx['routerPath'], ctx['params'], (ctx.request as { params?: unknown }).params];
  });
  app.use(router.routes());
  expect(await agent().delete('/metrics')).toMatchObject({ status: 405, headers: { allow: 'HEAD, GET' } });
  expect(matched).toEqual([1, '/{*rest}', { rest: 'metrics' }, { rest: 'metrics' }]);
});

describe('the signal', () => {
  let nodeServer: Server;
  afterEach(() => nodeServer.close());

  /** Serves scrapes that wait until they are let go. */
  async function serve(before?: Parameters<ReturnType<typeof createApp>['use']>[0]) {
    const site = { name: 'weather-exporter', version: '1.2.3', description: '', metricsPath: '/metrics' };
    const app = createApp(site, silentLogger);
    if (before) app.use(before);
    const signals: LeaveSignal[] = [];
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    app.use(
      createRoutes(site, silentLogger, {
        scrape: async ({ signal }) => {
          if (signal) signals.push(signal);
          await gate;
          return good;
        },
      }),
    );
    nodeServer = createServer(app.callback()).listen(0, '127.0.0.1');
    await once(nodeServer, 'listening');
    return { signals, letGo, url: `http://127.0.0.1:${(nodeServer.address() as AddressInfo).port}/metrics` };
  }

  test('aborts when the client goes away before the answer', async () => {
    const { signals, letGo, url } = await serve();
    const asked = httpGet(url).on('error', () => {});
    await until(() => signals.length === 1);
    expect(signals[0]?.aborted).toBe(false);
    asked.destroy();
    await until(() => signals[0]?.aborted === true);
    letGo();
  });

  test('is aborted where the client went away before the scrape', async () => {
    const { signals, letGo, url } = await serve(async (ctx, next) => {
      await once(ctx.res, 'close');
      await next();
    });
    const asked = httpGet(url).on('error', () => {});
    await once(nodeServer, 'request');
    asked.destroy();
    await until(() => signals.length === 1);
    expect(signals[0]?.aborted).toBe(true);
    letGo();
  });

  test('does not abort where the answer was sent', async () => {
    const { signals, letGo, url } = await serve();
    letGo();
    expect(await (await fetch(url)).text()).toBe('up 1\n');
    nodeServer.closeAllConnections();
    await new Promise((resolve) => nodeServer.close(resolve));
    expect(signals[0]?.aborted).toBe(false);
  });
});
