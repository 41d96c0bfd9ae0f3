import type Koa from 'koa';
import { encodePath } from './metrics-link.js';

/**
 * Finds the part of the path that lies before the exporter, where a route of @koa/router led here; empty where none did, or
 * where somebody (koa-mount) took it away already.
 *
 * `/exporter/{*rest}` and `/exporter` are mounted at `/exporter`, and so is `/exporter/metrics`, which ends with the metrics path.
 */
export function findMountPath(ctx: Koa.Context, metricsPath: string): string {
  // Documented by @koa/router; a regular expression, where the author wrote one, says nothing about mount paths.
  const { routerPath } = ctx as { readonly routerPath?: unknown };
  if (typeof routerPath !== 'string') return '';
  const head = withoutEnd(withoutWildcard(routerPath), encodePath(metricsPath));
  const segments = head.split('/').slice(1);
  const given = ctx.path.split('/').slice(1, segments.length + 1);
  return segments.every((segment, index) => fits(segment, given[index])) ? given.map((segment) => `/${segment}`).join('') : '';
}

/** Cuts a route at its first wildcard or group, in the notations of this and earlier versions of @koa/router. */
function withoutWildcard(route: string): string {
  const [head = ''] = route.split(/[{(*]|:\w+\*/, 1);
  return head.replaceAll('\\', '').replace(/\/+$/, '');
}

function withoutEnd(route: string, end: string): string {
  return route.toLowerCase().endsWith(end.toLowerCase()) ? route.slice(0, -end.length) : route;
}

/** Whether a segment of the path is the one that the route means: a stale route of a router before us means another. */
function fits(segment: string, given: string | undefined): boolean {
  return given !== undefined && (segment.includes(':') || segment.toLowerCase() === given.toLowerCase());
}
