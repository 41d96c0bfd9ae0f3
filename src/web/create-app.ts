import Koa from 'koa';
import type { Logger } from '../log.js';
import { createForwarding } from './forwarding.js';
import { readPath } from './read-path.js';
import { logAppError, logRequest } from './request-log.js';
import { createPrefixStripper } from './route-prefix.js';
import { nameServer } from './server-error.js';
import { serverHeader, type Site } from './site.js';

/**
 * Creates the application of an exporter. Its one middleware so far names the server in every response, logs the request,
 * takes the prefix of all routes away, and what clients say that are none of the trusted proxies.
 */
export function createApp(site: Site, log: Logger, trustedProxies: readonly string[] = []): Koa {
  const server = serverHeader(site);
  const stripPrefix = createPrefixStripper(site);
  const forwarding = trustedProxies.length === 0 ? undefined : createForwarding(trustedProxies);
  const app = new Koa({ proxy: forwarding !== undefined });
  const koa = Object.getPrototypeOf(app.context) as typeof app.context;
  // Not in a middleware, since callbacks may call this as well.
  app.context.onerror = function answerError(error: unknown) {
    // Koa calls this without an error, too.
    if (error !== null && error !== undefined) koa.onerror.call(this, nameServer(error, server));
  };
  // With a listener of ours Koa prints nothing itself.
  app.on('error', createErrorLog(log));
  app.use(async (ctx, next) => {
    forwarding?.(ctx);
    logRequest(log, ctx);
    ctx.set('Server', server);
    try {
      // Our own server has refused it before; another one may not.
      if (readPath(ctx) === undefined) ctx.throw(400);
      await stripPrefix(ctx, next);
    } catch (error) {
      // Koa never answers where undefined or null is thrown.
      throw nameServer(error, server);
    }
  });
  return app;
}

/** A body stream that fails is told twice by Koa, and logged once. */
function createErrorLog(log: Logger): (error: Error, ctx?: Koa.Context) => void {
  const told = new WeakMap<Koa.Context, Error>();
  return (error, ctx) => {
    if (ctx && told.get(ctx) === error) return;
    if (ctx) told.set(ctx, error);
    logAppError(log, error, ctx);
  };
}
