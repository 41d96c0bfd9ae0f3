import Router from '@koa/router';
import Koa from 'koa';
import compose from 'koa-compose';
import mount from 'koa-mount';
import request from 'supertest';
import { silentLogger } from '../../src/log.js';
import type { MetricsAnswer } from '../../src/web/answer-scrape.js';
import { mountMiddleware } from '../../src/web/mount.js';
import { createRoutes } from '../../src/web/routes.js';
import type { Site } from '../../src/web/site.js';

const server = 'weather-exporter/1.2.3';
const metrics: MetricsAnswer = { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: [Buffer.from('up 1\n')] };

interface Plan {
  readonly metricsPath?: string;
  readonly version?: string;
  /** What startup hooks added. */
  readonly before?: readonly Koa.Middleware[];
}

/** An exporter that can be mounted, and started later. */
function createExporter({ metricsPath = '/metrics', version = '1.2.3', before = [] }: Plan = {}) {
  const site: Site = { name: 'weather-exporter', version, description: 'Weather.', metricsPath };
  const inner = [...before, createRoutes(site, silentLogger, { scrape: () => Promise.resolve(metrics) })];
  let isStarted = false;
  const exporter = { name: `exporter ${version}` };
  const attach = (ctx: Koa.Context): void => {
    (ctx as { exporter?: unknown }).exporter = exporter;
  };
  return {
    exporter,
    start: () => {
      isStarted = true;
    },
    middleware: mountMiddleware(site, () => (isStarted ? inner : undefined), attach),
  };
}

function started(plan?: Plan): Koa.Middleware {
  const exporter = createExporter(plan);
  exporter.start();
  return exporter.middleware;
}

const hostsAnswer: Koa.Middleware = (ctx) => {
  ctx.body = `host: ${ctx.url}`;
};

function createHost(...middleware: readonly Koa.Middleware[]) {
  const host = new Koa();
  host.silent = true;
  host.use(compose([...middleware]));
  return { host, agent: () => request(host.callback()) };
}

const pass: Koa.Middleware = (_ctx, next) => next();
const routed = (add: (router: Router) => unknown): Koa.Middleware => {
  const router = new Router();
  add(router);
  return compose([router.routes(), router.allowedMethods()] as Koa.Middleware[]);
};
const below = (prefix: string, path: string, middleware: Koa.Middleware): Koa.Middleware =>
  routed((router) => router.prefix(prefix).all(path, middleware));

interface Way {
  readonly way: string;
  /** What comes before the exporter's own paths. */
  readonly base: string;
  /** Where the landing page is; by default at the base with and without a slash. */
  readonly pages?: readonly string[];
  readonly wrap: (middleware: Koa.Middleware) => Koa.Middleware;
}

const ways: readonly Way[] = [
  { way: 'nothing', base: '', pages: ['/'], wrap: (middleware) => middleware },
  { way: 'koa-mount', base: '/exporter', wrap: (middleware) => mount('/exporter', middleware) },
  { way: 'koa-mount with a slash', base: '/exporter', pages: ['/exporter/'], wrap: (middleware) => mount('/exporter/', middleware) },
  { way: 'koa-mount twice', base: '/a/exporter', wrap: (middleware) => mount('/a', mount('/exporter', middleware)) },
  { way: 'a router with a prefix and {/*rest}', base: '/exporter', wrap: (middleware) => below('/exporter', '{/*rest}', middleware) },
  {
    way: 'a router with a prefix and /{*rest}',
    base: '/exporter',
    pages: ['/exporter/'],
    wrap: (middleware) => below('/exporter', '/{*rest}', middleware),
  },
  { way: 'a router with a long prefix', base: '/a/b', wrap: (middleware) => below('/a/b', '{/*rest}', middleware) },
  {
    way: 'a route with a parameter',
    base: '/berlin/exporter',
    wrap: (middleware) => routed((router) => router.all('/:city/exporter{/*rest}', middleware)),
  },
  { way: 'a route for all paths', base: '', pages: ['/'], wrap: (middleware) => routed((router) => router.all('/{*rest}', middleware)) },
  {
    way: 'a route with an escaped path',
    base: '/a+b',
    wrap: (middleware) => routed((router) => router.all(String.raw`/a\+b{/*rest}`, middleware)),
  },
  {
    way: "a router's use with a path",
    base: '/exporter',
    wrap: (middleware) => routed((router) => router.use('/exporter', middleware).all('/exporter{/*rest}', pass)),
  },
  {
    way: "a router's use below a prefix",
    base: '/exporter',
    wrap: (middleware) => routed((router) => router.prefix('/exporter').use(middleware).all('{/*rest}', pass)),
  },
  {
    way: 'a router in a router',
    base: '/a/exporter',
    wrap: (middleware) => routed((router) => router.use('/a', new Router().all('/exporter{/*rest}', middleware).routes())),
  },
  {
    way: 'a router below koa-mount',
    base: '/a/exporter',
    wrap: (middleware) => mount('/a', below('/exporter', '{/*rest}', middleware)),
  },
  {
    way: 'koa-mount in a route',
    base: '/a/exporter',
    wrap: (middleware) => routed((router) => router.all('/a{/*rest}', mount('/a/exporter', middleware))),
  },
];

describe.each(ways)('mounted by $way', ({ base, pages = [base, `${base}/`], wrap }) => {
  test('it answers below the mount path', async () => {
    const { agent } = createHost(wrap(started()), hostsAnswer);
    expect(await agent().get(`${base}/metrics?a=b`)).toMatchObject({ status: 200, text: 'up 1\n', headers: { server } });
    for (const page of pages) {
      const answer = await agent().get(page);
      expect([page, answer.type, answer.headers['server']]).toEqual([page, 'text/html', server]);
      const href = /href="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      expect(new URL(href, `http://host${page}`).pathname).toBe(`${base}/metrics`);
    }
  });

  test('it leaves other paths to the host, as they are', async () => {
    const { agent } = createHost(wrap(started()), hostsAnswer);
    for (const path of [`${base}/nowhere?a=b`, '/elsewhere/metrics']) {
      const answer = await agent().get(path);
      expect([answer.text, answer.headers['server']]).toEqual([`host: ${path}`, undefined]);
    }
  });

  test('it says that it is starting until it has started', async () => {
    const exporter = createExporter();
    const { agent } = createHost(wrap(exporter.middleware), hostsAnswer);
    for (const path of [`${base}/metrics`, `${base}/`]) {
      const answer = await agent().get(path);
      expect(answer).toMatchObject({ status: 503, text: 'weather-exporter is starting.\n', headers: { server, 'retry-after': '1' } });
      expect(answer.type).toBe('text/plain');
    }
    expect((await agent().get(`${base}/nowhere`)).text).toBe(`host: ${base}/nowhere`);
    exporter.start();
    expect((await agent().get(`${base}/metrics`)).text).toBe('up 1\n');
  });

  test("the startup hooks' routers see the path without the mount path", async () => {
    const own = new Router().get('/cities/:city', (ctx) => {
      ctx.body = [ctx['params'], ctx.path, ctx.querystring];
    });
    const { agent } = createHost(wrap(started({ before: [own.routes() as Koa.Middleware] })), hostsAnswer);
    const answer = await agent().get(`${base}/cities/oslo?a=b`);
    expect(answer.body).toEqual([{ city: 'oslo' }, '/cities/oslo', 'a=b']);
    expect(answer.headers['server']).toBe(server);
  });
});

test('a metrics path of several segments is found below each mount path', async () => {
  const middleware = started({ metricsPath: '/a/metrics' });
  const { agent } = createHost(
    mount('/mounted', middleware),
    below('/routed', '{/*rest}', middleware),
    routed((router) => router.get('/single/a/metrics', middleware)),
  );
  for (const base of ['/mounted', '/routed', '/single']) expect((await agent().get(`${base}/a/metrics`)).text).toBe('up 1\n');
  expect((await agent().get('/mounted')).text).toContain('href="mounted/a/metrics"');
  expect((await agent().get('/mounted/')).text).toContain('href="a/metrics"');
});

test('metrics at / are at the mount path itself', async () => {
  const middleware = started({ metricsPath: '/' });
  const { agent } = createHost(
    mount('/a', middleware),
    routed((router) => router.get('/prometheus', middleware)),
  );
  expect((await agent().get('/a')).text).toBe('up 1\n');
  expect((await agent().get('/prometheus')).text).toBe('up 1\n');
});

test('routes for each single path are mounted where these say', async () => {
  const { agent } = createHost(
    routed((router) => router.get(['/exporter', '/exporter/metrics', '/metrics'], started())),
    hostsAnswer,
  );
  expect((await agent().get('/exporter/metrics')).text).toBe('up 1\n');
  expect((await agent().get('/metrics')).text).toBe('up 1\n');
  expect((await agent().get('/exporter')).text).toContain('href="exporter/metrics"');
});

test('a route that is a regular expression gives no mount path', async () => {
  const { agent } = createHost(
    routed((router) => router.all(/^\/(exporter|metrics)/, started())),
    hostsAnswer,
  );
  expect((await agent().get('/metrics')).text).toBe('up 1\n');
  expect((await agent().get('/exporter/metrics')).text).toBe('host: /exporter/metrics');
});

test('a route that a router before it took is not the mount path', async () => {
  const before = routed((router) => router.all('/exporter/{*rest}', pass));
  const { agent } = createHost(before, mount('/exporter', started()));
  expect((await agent().get('/exporter/metrics')).text).toBe('up 1\n');
});

describe('the host', () => {
  test('keeps its router state, before and after the exporter', async () => {
    const seen: unknown[] = [];
    const look: Koa.Middleware = async (ctx, next) => {
      const look = (): unknown => [ctx['params'], ctx['routerPath'], ctx['matched']?.length, ctx['router'] === router, ctx.path];
      seen.push(look());
      await next();
      seen.push(look());
    };
    const router = new Router();
    router.all('/:city/{*rest}', look, started(), look, hostsAnswer);
    const { agent } = createHost(router.routes() as Koa.Middleware);
    expect((await agent().get('/berlin/elsewhere')).text).toBe('host: /berlin/elsewhere');
    await agent().get('/berlin/metrics');
    const state = (rest: string): unknown => [{ city: 'berlin', rest }, '/:city/{*rest}', 1, true, `/berlin/${rest}`];
    expect(seen).toEqual([...Array.from({ length: 4 }, () => state('elsewhere')), state('metrics'), state('metrics')]);
  });

  test('answers what the exporter does not allow, else the exporter says 405', async () => {
    const { agent } = createHost(started(), (ctx) => {
      if (ctx.method === 'POST') ctx.body = 'posted';
    });
    const posted = await agent().post('/');
    expect([posted.status, posted.text, posted.headers['server']]).toEqual([200, 'posted', undefined]);
    expect(await agent().delete('/metrics')).toMatchObject({ status: 405, headers: { allow: 'HEAD, GET', server } });
    const lost = await agent().delete('/nowhere');
    expect([lost.status, lost.headers['server']]).toEqual([404, undefined]);
  });

  test('keeps a Server header of its own on its own answers', async () => {
    const name: Koa.Middleware = (ctx, next) => {
      ctx.set('Server', 'host/1');
      return next();
    };
    const { agent } = createHost(name, mount('/exporter', started()), hostsAnswer);
    expect((await agent().get('/elsewhere')).headers['server']).toBe('host/1');
    expect((await agent().get('/exporter/nowhere')).headers['server']).toBe('host/1');
    expect((await agent().get('/exporter/metrics')).headers['server']).toBe(server);
  });

  test("answers the errors of the exporter's middleware, with the exporter's name", async () => {
    const middleware = started({
      before: [
        (ctx, next) => {
          if (ctx.path === '/broken') throw new Error('broken');
          return next();
        },
      ],
    });
    const { agent } = createHost(mount('/exporter', middleware), hostsAnswer);
    expect(await agent().get('/exporter/broken')).toMatchObject({ status: 500, text: 'Internal Server Error', headers: { server } });
  });

  test('may answer those errors in its own way and name', async () => {
    const middleware = started({ before: [(ctx) => ctx.throw(418, 'no tea')] });
    const rescue: Koa.Middleware = async (ctx, next) => {
      try {
        await next();
      } catch (error) {
        ctx.body = `host: ${String(error)}`;
      }
    };
    const answer = await createHost(rescue, middleware).agent().get('/metrics');
    expect([answer.text, answer.headers['server']]).toEqual(['host: ImATeapotError: no tea', undefined]);
  });

  test('has its own errors for itself', async () => {
    const error = new Error('of the host');
    const { agent } = createHost(mount('/exporter', started()), () => {
      throw error;
    });
    const answer = await agent().get('/exporter/nowhere');
    expect([answer.status, answer.headers['server']]).toEqual([500, undefined]);
    expect(error).not.toHaveProperty('headers');
  });

  test('sees the exporter in its context, and each exporter itself', async () => {
    const seen: unknown[] = [];
    const look: Koa.Middleware = async (ctx, next) => {
      seen.push(ctx.exporter);
      await next();
      seen.push(ctx.exporter);
    };
    const first = createExporter({ version: '1', before: [look] });
    const second = createExporter({ version: '2', before: [look] });
    const early = createExporter({ version: '0' });
    first.start();
    second.start();
    const { agent } = createHost(early.middleware, look, first.middleware, second.middleware, hostsAnswer);
    await agent().get('/elsewhere');
    expect(seen).toEqual([early.exporter, first.exporter, second.exporter, second.exporter, first.exporter, first.exporter]);
  });
});
