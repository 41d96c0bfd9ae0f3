import { METHODS } from 'node:http';
import { Readable } from 'node:stream';
import Router from '@koa/router';
import type Koa from 'koa';
import compose from 'koa-compose';
import { type Body, lengthOf } from '../exposition/body.js';
import type { Logger } from '../log.js';
import type { MetricsAnswer, MetricsRequest } from './answer-scrape.js';
import { renderLandingPage } from './landing-page.js';
import { encodePath, metricsLink } from './metrics-link.js';
import { answerReload, reloadPath } from './reload-route.js';
import { isolateRouters } from './router-state.js';
import type { Site } from './site.js';
import { SlowReaders } from './slow-readers.js';

/** What the routes are to do. */
export interface Deeds {
  readonly scrape: (request: MetricsRequest) => Promise<MetricsAnswer>;
  /** Default: nobody may ask for it by HTTP. */
  readonly reload?: (() => Promise<void>) | undefined;
}

/** Creates the routes of an exporter: the metrics, the landing page unless they are at its place, and the reload. */
export function createRoutes(site: Site, log: Logger, { scrape, reload }: Deeds): Koa.Middleware {
  const slowReaders = new SlowReaders((version) => log.warn(version, 'slow readers cut off'));
  return composeRoutes(site, {
    page: (ctx) => {
      ctx.type = 'html';
      ctx.body = renderLandingPage(site, metricsLink(ctx.originalUrl, site.metricsPath));
    },
    metrics: async (ctx) => answer(ctx, await scrape(readRequest(ctx)), slowReaders),
    reload: answerReload(reload),
  });
}

/** Creates the same routes for an exporter that has not started yet: 503 everywhere. */
export function createStartingRoutes(site: Site): Koa.Middleware {
  const starting: Koa.Middleware = (ctx) => {
    ctx.status = 503;
    ctx.set('Retry-After', '1');
    ctx.body = `${site.name} is starting.\n`;
  };
  return composeRoutes(site, { page: starting, metrics: starting, reload: starting });
}

interface Answers {
  readonly page: Koa.Middleware;
  readonly metrics: Koa.Middleware;
  readonly reload: Koa.Middleware;
}

function composeRoutes(site: Site, { page, metrics, reload }: Answers): Koa.Middleware {
  // All methods, so that unusual ones are answered with 405 as well, and not with 501.
  const router = new Router({ methods: METHODS });
  const path = encodePath(site.metricsPath);
  router.get(toPattern(path), metrics);
  if (path !== '/') router.get('/', page);
  router.post(reloadPath, reload).put(reloadPath, reload);
  const routes = compose([router.routes(), router.allowedMethods()] as Koa.Middleware[]);
  return (ctx, next) => isolateRouters(ctx, next, routes);
}

/** Escapes what has a meaning in a route. */
function toPattern(path: string): string {
  return path.replaceAll(/[{}()[\]+?!:*\\]/g, String.raw`\$&`);
}

function readRequest(ctx: Koa.Context): MetricsRequest {
  return {
    accept: ctx.headers.accept,
    acceptEncoding: ctx.get('Accept-Encoding'),
    names: list(ctx.query['name[]']),
    collect: list(ctx.query['collect[]']),
    exclude: list(ctx.query['exclude[]']),
    timeoutSeconds: parseSeconds(ctx.get('X-Prometheus-Scrape-Timeout-Seconds')),
    signal: departureSignal(ctx.res),
    head: ctx.method === 'HEAD',
  };
}

function list(parameter: string | string[] | undefined): readonly string[] {
  return [parameter ?? []].flat();
}

function parseSeconds(text: string): number | undefined {
  const seconds = Number(text);
  return text.trim() !== '' && Number.isFinite(seconds) ? seconds : undefined;
}

/** Aborts when the client goes away before the answer is written. */
function departureSignal(res: Koa.Context['res']): AbortSignal {
  const controller = new AbortController();
  const leave = (): void => {
    if (!res.writableFinished) controller.abort();
  };
  if (res.destroyed) leave();
  else res.once('close', leave);
  return controller.signal;
}

function answer(ctx: Koa.Context, { status, headers, body }: MetricsAnswer, slowReaders: SlowReaders): void {
  ctx.status = status;
  for (const [name, value] of Object.entries(headers)) {
    // Middleware before this may have said that the answer depends on something else, too.
    if (name.toLowerCase() === 'vary') ctx.vary(value);
    else ctx.set(name, value);
  }
  // For koa-compress: what is wanted compressed is so already.
  ctx['compress'] = false;
  // Without a body no Content-Length is made up for HEAD.
  if (ctx.method !== 'HEAD') sendBody(ctx, body, slowReaders);
}

/** Sends bytes as fast as they are read; those of a long body are shared by all who read it. */
function sendBody(ctx: Koa.Context, body: Body, slowReaders: SlowReaders): void {
  const [only = Buffer.alloc(0), ...others] = body;
  if (others.length === 0) {
    ctx.body = only;
    return;
  }
  ctx.body = createStream(body);
  ctx.length = lengthOf(body);
  // Koa and its pipeline listen for the end so often that Node would warn of a leak.
  ctx.res.setMaxListeners(ctx.res.getMaxListeners() * 2);
  slowReaders.watch(`${ctx.response.get('Content-Type')} ${ctx.response.get('Content-Encoding')}`, body, ctx.res);
}

/** Readable.from would have a promise for each part. */
function createStream(body: Body): Readable {
  const parts = body.values();
  return new Readable({
    read() {
      let part = parts.next();
      while (!part.done && this.push(part.value)) part = parts.next();
      if (part.done) this.push(null);
    },
  });
}
