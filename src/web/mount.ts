import type Koa from 'koa';
import compose from 'koa-compose';
import { findMountPath } from './mount-path.js';
import { isolateRouters } from './router-state.js';
import { createStartingRoutes } from './routes.js';
import { nameServer } from './server-error.js';
import { serverHeader, type Site } from './site.js';

/**
 * Creates the one middleware that an exporter is in somebody else's application: below koa-mount, a route of @koa/router or
 * on its own. `inner` gives what answers there, undefined before the start; what it leaves alone is the host's.
 */
export function mountMiddleware(
  site: Site,
  inner: () => readonly Koa.Middleware[] | undefined,
  attach: (ctx: Koa.Context) => void,
): Koa.Middleware {
  const server = serverHeader(site);
  const starting = createStartingRoutes(site);
  return async (ctx, next) => {
    attach(ctx);
    const middleware = inner();
    const run = middleware ? compose([...middleware]) : starting;
    const nextAgain = async (): Promise<void> => {
      await next();
      // Another exporter may have come after this one.
      attach(ctx);
    };
    const mountPath = findMountPath(ctx, site.metricsPath);
    await isolateRouters(ctx, nextAgain, (_, toHost) =>
      nameOwnAnswers(ctx, server, toHost, (named) => stripPath(ctx, mountPath, named, (stripped) => run(ctx, stripped))),
    );
  };
}

type Run = (next: Koa.Next) => unknown;

/** Sets the `Server` header on what is answered inside, and leaves the host's answers as they are. */
async function nameOwnAnswers(ctx: Koa.Context, server: string, next: Koa.Next, run: Run): Promise<void> {
  const before = ctx.res.getHeader('Server');
  const restore = (): void => (before === undefined ? ctx.remove('Server') : void ctx.res.setHeader('Server', before));
  let host: { readonly status: number } | { readonly error: unknown } | undefined;
  ctx.set('Server', server);
  try {
    await run(async () => {
      restore();
      try {
        await next();
        host = { status: ctx.status };
      } catch (error) {
        host = { error };
        throw error;
      }
    });
  } catch (error) {
    if (host && 'error' in host && host.error === error) throw error;
    restore();
    throw nameServer(error, server);
  }
  // What nobody in the host answers may still be answered by us: 405, say.
  if (host && 'status' in host && host.status !== ctx.status) ctx.set('Server', server);
}

/** Takes the mount path away from the path inside, as koa-mount does. */
async function stripPath(ctx: Koa.Context, mountPath: string, next: Koa.Next, run: Run): Promise<void> {
  const outside = ctx.url;
  // koa-mount takes the first slash away, too, where its prefix ends with one.
  ctx.path = ctx.path.slice(mountPath.length).replace(/^\/?/, '/');
  try {
    await run(async () => {
      const inside = ctx.url;
      ctx.url = outside;
      try {
        await next();
      } finally {
        ctx.url = inside;
      }
    });
  } finally {
    ctx.url = outside;
  }
}
