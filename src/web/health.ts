import type Koa from 'koa';
import { encodePath } from './metrics-link.js';
import type { Site } from './site.js';

/** Where health is asked for, as Prometheus has it. */
export const healthPaths = { healthy: '/-/healthy', ready: '/-/ready' } as const;

/** Answers whether the process lives, and whether it serves; neither runs a collector. */
export function answerHealth(name: string, isReady: () => boolean): Readonly<Record<keyof typeof healthPaths, Koa.Middleware>> {
  return {
    healthy: (ctx) => answer(ctx, 200, `${name} is healthy.\n`),
    ready: (ctx) => (isReady() ? answer(ctx, 200, `${name} is ready.\n`) : answer(ctx, 503, `${name} is not ready.\n`)),
  };
}

/** Where health is asked for from outside, unless the metrics are there. */
export function healthPathsOf({ metricsPath, routePrefix = '' }: Pick<Site, 'metricsPath' | 'routePrefix'>): readonly string[] {
  return Object.values(healthPaths).filter((path) => path !== encodePath(metricsPath)).map((path) => routePrefix + path); // prettier-ignore
}

function answer(ctx: Koa.Context, status: number, text: string): void {
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = text;
}
