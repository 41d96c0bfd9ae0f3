import type Koa from 'koa';

/** The path of a request; undefined where Koa cannot read it, and throws: it may stand in a whole URL that is none. */
export function readPath(ctx: Koa.Context): string | undefined {
  try {
    return ctx.path;
  } catch {
    return undefined;
  }
}
