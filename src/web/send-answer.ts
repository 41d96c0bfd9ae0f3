import { Readable } from 'node:stream';
import type Koa from 'koa';
import { type Body, lengthOf } from '../exposition/body.js';
import type { MetricsAnswer } from './answer-scrape.js';
import type { SlowReaders } from './slow-readers.js';

/** Sends the answer to a scrape. */
export function sendAnswer(ctx: Koa.Context, { status, headers, body }: MetricsAnswer, slowReaders: SlowReaders): void {
  ctx.status = status;
  for (const [name, value] of Object.entries(headers)) {
    // Middleware before this may have said that the answer depends on something else, too.
    if (name === 'Vary' && ctx.res.hasHeader(name)) ctx.vary(value);
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
