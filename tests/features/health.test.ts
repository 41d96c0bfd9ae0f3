import Koa from 'koa';
import mount from 'koa-mount';
import request from 'supertest';
import { createExporter, Exporter, OnScrape } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { ask, serveDoor } from './serve-door.js';

let calls = 0;

@Exporter({ name: 'door-exporter', description: 'A door.' })
class Door {
  @OnScrape() update() {
    calls += 1;
    throw new Error('broken');
  }
}

const create = () => createExporter(Door, { log: silentLogger });

test.each(['GET', 'HEAD'] as const)('%s tells health without running collectors', async (method) => {
  calls = 0;
  const exporter = create();
  await exporter.start();
  const agent = request(exporter.app.callback());
  for (const [path, text] of [['/-/healthy', 'door-exporter is healthy.\n'], ['/-/ready', 'door-exporter is ready.\n']] as const) {
    const response = await agent[method === 'GET' ? 'get' : 'head'](path);
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' });
    if (method === 'GET') expect(response.text).toBe(text);
  } // prettier-ignore
  expect(calls).toBe(0);
  await exporter.stop();
});

test('health takes GET and HEAD only', async () => {
  const exporter = create();
  await exporter.start();
  const response = await request(exporter.app.callback()).post('/-/healthy');
  expect([response.status, response.headers['allow']]).toEqual([405, 'HEAD, GET']);
  await exporter.stop();
});

test('an exporter whose collectors all fail is ready', async () => {
  const exporter = create();
  await exporter.start();
  const agent = request(exporter.app.callback());
  expect((await agent.get('/metrics')).status).toBe(500);
  expect((await agent.get('/-/ready')).status).toBe(200);
  await exporter.stop();
});

test('a mounted exporter is healthy all the time, and ready from its start to its stop', async () => {
  const exporter = create();
  const app = new Koa().use(mount('/door', exporter.middleware()));
  const agent = request(app.callback());
  const statuses = async () => [(await agent.get('/door/-/healthy')).status, (await agent.get('/door/-/ready')).status];
  expect(await statuses()).toEqual([200, 503]);
  await exporter.start();
  expect(await statuses()).toEqual([200, 200]);
  await exporter.stop();
  expect(await statuses()).toEqual([200, 503]);
});

test('health is where the routes are', async () => {
  const { urls: [url = ''], stop } = await serveDoor(['--port', '0', '--web-route-prefix', '/door']); // prettier-ignore
  expect((await ask(`${url}door/-/healthy`)).status).toBe(200);
  expect((await ask(`${url}-/healthy`)).status).toBe(404);
  await stop();
});
