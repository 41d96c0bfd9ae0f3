import { METHODS } from 'node:http';
import Router from '@koa/router';
import type Koa from 'koa';
import compose from 'koa-compose';
import type { Logger } from '../log.js';
import type { MetricsAnswer, MetricsRequest } from './answer-scrape.js';
import { Departure } from './departure.js';
import { answerHealth, healthPaths } from './health.js';
import { landingPageStyle, renderLandingPage } from './landing-page.js';
import { encodePath, externalMetricsLink, metricsLink } from './metrics-link.js';
import { createPageHeaders, setDefaults } from './page-headers.js';
import { createQuietWarning } from './quiet-log.js';
import { refuseBody } from './refuse-body.js';
import { answerReload, reloadPath } from './reload-route.js';
import type { RejectionReason } from './request-observer.js';
import { isolateRouters } from './router-state.js';
import { ScrapePlaces } from './scrape-places.js';
import { sendAnswer } from './send-answer.js';
import type { Site } from './site.js';
import { SlowReaders } from './slow-readers.js';

/** What the routes are to do. */
export interface Deeds {
  readonly scrape: (request: MetricsRequest) => Promise<MetricsAnswer>;
  /** Default: nobody may ask for it by HTTP. */
  readonly reload?: (() => Promise<void>) | undefined;
  /** Whether the exporter has started and does not stop. Default: it has. */
  readonly isReady?: () => boolean;
  /** How many scrapes there may be at once. Default: any number. */
  readonly maxConcurrentScrapes?: number;
  /** Hears why a scrape does not run. */
  readonly onRejected?: ((reason: RejectionReason) => void) | undefined;
}

/** Creates the routes of an exporter: the metrics, the landing page unless they are at its place, health and the reload. */
export function createRoutes(site: Site, log: Logger, deeds: Deeds): Koa.Middleware {
  return composeRoutes(site, {
    page: createPage(site),
    metrics: createMetrics(log, deeds),
    reload: answerReload(deeds.reload),
    ...answerHealth(site.name, deeds.isReady ?? (() => true)),
  });
}

function createPage(site: Site): Koa.Middleware {
  const { externalPath, metricsPath } = site;
  const headers = createPageHeaders(landingPageStyle);
  return (ctx) => {
    const link = externalPath === undefined ? metricsLink(ctx.originalUrl, metricsPath) : externalMetricsLink(externalPath, metricsPath);
    ctx.type = 'html';
    setDefaults(ctx, headers);
    ctx.body = renderLandingPage(site, link);
  };
}

function createMetrics(log: Logger, { scrape, maxConcurrentScrapes = 0, onRejected }: Deeds): Koa.Middleware {
  const slowReaders = new SlowReaders((version) => log.warn(version, 'slow readers cut off'));
  const places = new ScrapePlaces(maxConcurrentScrapes);
  const warn = createQuietWarning(log, 'scrapes refused: as many as may be are under way');
  return async (ctx) => {
    const query = ctx.querystring === '' ? {} : readQuery(ctx.query);
    if (ctx.method === 'HEAD') return sendAnswer(ctx, await scrape(readRequest(ctx, query)), slowReaders);
    const seat = places.enter(query);
    if (seat === undefined) {
      onRejected?.('concurrent_scrapes');
      warn({ maxConcurrentScrapes });
      return answerBusy(ctx);
    }
    // Who has gone already never closes again.
    if (ctx.res.destroyed) seat.leave();
    else ctx.res.once('close', seat.leave);
    sendAnswer(ctx, await scrape(readRequest(ctx, query, seat.collected)), slowReaders);
  };
}

function answerBusy(ctx: Koa.Context): void {
  ctx.status = 503;
  ctx.set('Retry-After', '1');
  ctx.body = 'As many scrapes as may be are under way.\n';
}

/** Creates the same routes for an exporter that has not started yet: 503 everywhere, though it is healthy. */
export function createStartingRoutes(site: Site): Koa.Middleware {
  const starting: Koa.Middleware = (ctx) => {
    ctx.status = 503;
    ctx.set('Retry-After', '1');
    ctx.body = `${site.name} is starting.\n`;
  };
  return composeRoutes(site, { page: starting, metrics: starting, reload: starting, ...answerHealth(site.name, () => false) });
}

interface Answers {
  readonly page: Koa.Middleware;
  readonly metrics: Koa.Middleware;
  readonly reload: Koa.Middleware;
  readonly healthy: Koa.Middleware;
  readonly ready: Koa.Middleware;
}

function composeRoutes(site: Site, answers: Answers): Koa.Middleware {
  const of = (name: keyof Answers): Koa.Middleware => refuseBody(answers[name]);
  const metrics = of('metrics');
  // All methods, so that unusual ones are answered with 405 as well, and not with 501.
  const router = new Router({ methods: METHODS });
  const path = encodePath(site.metricsPath);
  router.get(toPattern(path), metrics);
  if (path !== '/') router.get('/', of('page'));
  router.get(healthPaths.healthy, of('healthy')).get(healthPaths.ready, of('ready'));
  router.post(reloadPath, of('reload')).put(reloadPath, of('reload'));
  const routes = compose([router.routes(), router.allowedMethods()] as Koa.Middleware[]);
  // To route what is asked for mostly costs more than to answer a short scrape.
  return (ctx, next) => (ctx.method === 'GET' && ctx.path === path ? metrics(ctx, next) : isolateRouters(ctx, next, routes));
}

/** Escapes what has a meaning in a route. */
function toPattern(path: string): string {
  return path.replaceAll(/[{}()[\]+?!:*\\]/g, String.raw`\$&`);
}

type Query = Pick<MetricsRequest, 'names' | 'collect' | 'exclude'>;

function readRequest(ctx: Koa.Context, { names, collect, exclude }: Query, onCollected?: () => void): MetricsRequest {
  return {
    accept: ctx.headers.accept,
    acceptEncoding: ctx.get('Accept-Encoding'),
    names,
    collect,
    exclude,
    timeoutSeconds: parseSeconds(ctx.get('X-Prometheus-Scrape-Timeout-Seconds')),
    signal: new Departure(ctx.res),
    head: ctx.method === 'HEAD',
    onCollected,
  };
}

function readQuery(query: Koa.Context['query']): Query {
  return { names: list(query['name[]']), collect: list(query['collect[]']), exclude: list(query['exclude[]']) };
}

function list(parameter: string | string[] | undefined): readonly string[] {
  return [parameter ?? []].flat();
}

function parseSeconds(text: string): number | undefined {
  const seconds = Number(text);
  return text.trim() !== '' && Number.isFinite(seconds) ? seconds : undefined;
}
