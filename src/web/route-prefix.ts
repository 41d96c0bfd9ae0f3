import type Koa from 'koa';
import type { Site } from './site.js';

/** Creates what lets an application see paths without the prefix of all routes; what is not below it is not there. */
export function createPrefixStripper({ routePrefix = '', externalPath }: Site): Koa.Middleware {
  if (routePrefix === '') return (_ctx, next) => next();
  // As seen from `/`, which may be elsewhere behind a proxy.
  const home = externalPath === undefined ? `${routePrefix.slice(1)}/` : `${externalPath}/`;
  return async (ctx, next) => {
    const { path, url: outside } = ctx;
    if (path === '/' && (ctx.method === 'GET' || ctx.method === 'HEAD')) return redirect(ctx, home);
    if (path !== routePrefix && !path.startsWith(`${routePrefix}/`)) return;
    ctx.path = path.slice(routePrefix.length) || '/';
    try {
      await next();
    } finally {
      ctx.url = outside;
    }
  };
}

function redirect(ctx: Koa.Context, location: string): void {
  ctx.status = 302;
  ctx.set('Location', location);
  ctx.body = `See ${location}\n`;
}
