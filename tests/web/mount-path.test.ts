import type Koa from 'koa';
import { findMountPath } from '../../src/web/mount-path.js';

test.each<[route: unknown, path: string, metricsPath: string, mountPath: string]>([
  [undefined, '/exporter/metrics', '/metrics', ''],
  [/^\/exporter/, '/exporter/metrics', '/metrics', ''],
  ['/exporter/{*rest}', '/exporter/metrics', '/metrics', '/exporter'],
  ['/Exporter{/*rest}', '/exporter', '/metrics', '/exporter'],
  ['/exporter/*rest', '/exporter/metrics', '/metrics', '/exporter'],
  ['/exporter/(.*)', '/exporter/metrics', '/metrics', '/exporter'],
  ['/exporter/:rest*', '/exporter/metrics', '/metrics', '/exporter'],
  [String.raw`/exporter(?:\/|$)`, '/exporter/metrics', '/metrics', '/exporter'],
  ['/:city/:kind{/*rest}', '/berlin/exporter/metrics', '/metrics', '/berlin/exporter'],
  ['/exporter', '/exporter', '/metrics', '/exporter'],
  ['/exporter/', '/exporter/', '/metrics', '/exporter'],
  ['/exporter/metrics', '/exporter/metrics', '/metrics', '/exporter'],
  ['/exporter/a/metrics', '/exporter/a/metrics', '/a/metrics', '/exporter'],
  ['/metrics', '/metrics', '/metrics', ''],
  ['/prometheus', '/prometheus', '/', '/prometheus'],
  ['/', '/', '/metrics', ''],
  ['{/*rest}', '/metrics', '/metrics', ''],
  ['/stale/{*rest}', '/metrics', '/metrics', ''],
  ['/stale/:a/:b', '/stale', '/metrics', ''],
])('the route %p for %s, with metrics at %s, is mounted at "%s"', (routerPath, path, metricsPath, mountPath) => {
  expect(findMountPath({ routerPath, path } as unknown as Koa.Context, metricsPath)).toBe(mountPath);
});
