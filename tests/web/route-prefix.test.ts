import request from 'supertest';
import { silentLogger } from '../../src/log.js';
import { createApp } from '../../src/web/create-app.js';
import { createRoutes } from '../../src/web/routes.js';
import type { Site } from '../../src/web/site.js';

const site: Site = { name: 'weather-exporter', version: '1.2.3', description: 'Weather.', metricsPath: '/metrics' };
const metrics = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: [Buffer.from('up 1\n')] };

function create(more: Partial<Site>, seen: string[] = []) {
  const whole = { ...site, ...more };
  const app = createApp(whole, silentLogger);
  app.use(async (ctx, next) => {
    seen.push(`${ctx.path} ${ctx.originalUrl}`);
    await next();
  });
  app.use(createRoutes(whole, silentLogger, { scrape: () => Promise.resolve(metrics) }));
  return request(app.callback());
}

test('all routes are below the prefix, and the application sees paths without it', async () => {
  const seen: string[] = [];
  const agent = create({ routePrefix: '/weather' }, seen);
  expect((await agent.get('/weather/metrics?x')).text).toBe('up 1\n');
  expect((await agent.get('/weather/-/ready')).status).toBe(200);
  expect((await agent.get('/weather')).status).toBe(200);
  expect(seen).toEqual(['/metrics /weather/metrics?x', '/-/ready /weather/-/ready', '/ /weather']);
});

test.each(['/metrics', '/weather2/metrics', '/Weather/metrics', '//weather/metrics', '/-/healthy'])('%s is not there', async (path) => {
  const seen: string[] = [];
  expect((await create({ routePrefix: '/weather' }, seen).get(path)).status).toBe(404);
  expect(seen).toEqual([]);
});

test.each<[rule: string, site: Partial<Site>, location: string]>([
  ['relative, so that it is right behind a proxy that strips', { routePrefix: '/a/b' }, 'a/b/'],
  ['as seen from outside', { routePrefix: '/weather', externalPath: '/outside' }, '/outside/'],
])('/ leads to the prefix: %s', async (_rule, more, location) => {
  const { status, headers } = await create(more).get('/');
  expect([status, headers['location'], headers['server']]).toEqual([302, location, 'weather-exporter/1.2.3']);
});

test.each<[page: string, site: Partial<Site>, link: string]>([
  ['/', {}, 'metrics'],
  ['/', { externalPath: '' }, '/metrics'],
  ['/', { externalPath: '/outside' }, '/outside/metrics'],
  ['/', { externalPath: '/outside', metricsPath: '/' }, ''],
  ['/weather/', { routePrefix: '/weather' }, 'metrics'],
  ['/weather', { routePrefix: '/weather' }, 'weather/metrics'],
  ['/weather/', { routePrefix: '/weather', externalPath: '/weather' }, '/weather/metrics'],
])('the page at %s with %j links to %s', async (page, more, link) => {
  const { text } = await create(more).get(page);
  if (link === '') expect(text).toBe('up 1\n');
  else expect(text).toContain(`<a href="${link}">`);
});
