import type Koa from 'koa';
import { messageOf } from '../errors.js';
import { type Logger, logFailure } from '../log.js';
import { readPath } from './read-path.js';

/** Writes a line at debug level when the response is sent, or when its reader has gone away. */
export function logRequest(log: Logger, ctx: Koa.Context): void {
  if (log.isLevelEnabled?.('debug') === false) return;
  const { ip: client, method, res } = ctx;
  const path = readPath(ctx) ?? ctx.url;
  const began = performance.now();
  res.once('close', () => {
    const request = { client, method, path, milliseconds: Math.round((performance.now() - began) * 10) / 10 };
    if (!res.writableFinished) log.debug(request, 'request aborted');
    else log.debug({ ...request, status: res.statusCode, bytes: method === 'HEAD' ? undefined : lengthOf(res) }, 'request');
  });
}

/** Logs what Koa's `error` event tells: nothing of mistakes that the client was told about, little of clients that went away. */
export function logAppError(log: Logger, error: Error, ctx: Koa.Context | undefined): void {
  if (isExposed(error)) return;
  const request = { method: ctx?.method, path: ctx && (readPath(ctx) ?? ctx.url) };
  if (isAbort(error, ctx)) log.debug({ ...request, error: messageOf(error) }, 'request aborted');
  else logFailure(log, 'request failed', request, error);
}

const abortCodes = ['ABORT_ERR', 'ECONNABORTED', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];

/** The same codes come from an author's own connections, and then the client is still there. */
function isAbort(error: NodeJS.ErrnoException, ctx: Koa.Context | undefined): boolean {
  // A connection that breaks amid an answer is told of before the two are destroyed.
  const isGone = ctx !== undefined && (ctx.res.destroyed || ctx.req.destroyed || ctx.req.socket.errored === error);
  if (!isGone) return false;
  return abortCodes.includes(error.code ?? '') || error.name === 'AbortError' || error.message === 'aborted';
}

function isExposed(error: Error): boolean {
  const { expose, status = 500 } = error as { readonly expose?: boolean; readonly status?: number };
  return expose === true && status < 500;
}

function lengthOf(res: Koa.Context['res']): number | undefined {
  const length = res.getHeader('Content-Length');
  return length === undefined ? undefined : Number(length);
}
