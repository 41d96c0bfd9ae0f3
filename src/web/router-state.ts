import type Koa from 'koa';

/* What the routers of @koa/router leave in the context for others: those of the host must not lead ours astray, nor ours them. */
const keys = [
  '_matchedParams', '_matchedRoute', '_matchedRouteName', 'captures', 'matched', 'newRouterPath', 'params', 'routeMatched', 'router',
  'routerName', 'routerPath',
] as const; // prettier-ignore

/** Runs middleware that finds no traces of other routers in the context, and leaves none behind. */
export async function isolateRouters(ctx: Koa.Context, next: Koa.Next, middleware: Koa.Middleware): Promise<void> {
  let outside = take(ctx);
  try {
    await middleware(ctx, async () => {
      const inside = take(ctx);
      put(ctx, outside);
      try {
        return (await next()) as unknown;
      } finally {
        outside = take(ctx);
        put(ctx, inside);
      }
    });
  } finally {
    put(ctx, outside);
  }
}

interface RouterState {
  readonly context: ReadonlyMap<string, unknown>;
  readonly requestParams: unknown;
}

function take(ctx: Koa.Context): RouterState {
  const context = new Map<string, unknown>();
  for (const key of keys) {
    // To delete what is not there costs as much as to delete what is.
    if (!Object.hasOwn(ctx, key)) continue;
    context.set(key, ctx[key]);
    delete ctx[key];
  }
  const request = requestOf(ctx);
  const state = { context, requestParams: request.params };
  delete request.params;
  return state;
}

function put(ctx: Koa.Context, { context, requestParams }: RouterState): void {
  take(ctx);
  for (const [key, value] of context) ctx[key] = value;
  if (requestParams !== undefined) requestOf(ctx).params = requestParams;
}

function requestOf(ctx: Koa.Context): { params?: unknown } {
  return ctx.request as { params?: unknown };
}
