import type { IncomingMessage } from 'node:http';
import type Koa from 'koa';

/** Answers 413 to a request that comes with a body, where nobody reads one, and ends the connection. */
export function refuseBody(middleware: Koa.Middleware): Koa.Middleware {
  return (ctx, next) => {
    if (!hasBody(ctx.req)) return middleware(ctx, next);
    ctx.status = 413;
    ctx.body = 'A request to this path has no body.\n';
    // Else all of it would have to be read before the next request. HTTP/2 ends the stream alone.
    if (ctx.req.httpVersionMajor === 1) ctx.set('Connection', 'close');
  };
}

/** Whether a body is announced (RFC 9112, 6.3). */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) !== 0);
}
