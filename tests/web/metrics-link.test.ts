import fc from 'fast-check';
import { encodePath, metricsLink } from '../../src/web/metrics-link.js';

test.each([
  ['/', '/metrics', 'metrics'],
  ['/?a=/b', '/metrics', 'metrics'],
  ['/exporter', '/metrics', 'exporter/metrics'],
  ['/exporter?a#b', '/metrics', 'exporter/metrics'],
  ['/exporter/', '/metrics', 'metrics'],
  ['/a/b', '/c/metrics', 'b/c/metrics'],
  ['/a/b/', '/c/metrics', 'c/metrics'],
  ['/a:b', '/metrics', './a:b/metrics'],
  ['/', '//metrics', './/metrics'],
  ['/', '/métriques/', 'm%C3%A9triques'],
])('from %s to %s leads %s', (page, path, link) => {
  expect(metricsLink(page, path)).toBe(link);
});

test('the link leads below the mount path, whatever that is', () => {
  const path = fc.array(
    fc.stringMatching(/^[a-z:.~-]{1,5}$/).filter((segment) => !/^\.+$/.test(segment)),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(path, path, fc.boolean(), (mount, metrics, hasSlash) => {
      const base = `/${mount.join('/')}`;
      const metricsPath = `/${metrics.join('/')}`;
      const page = hasSlash ? `${base}/` : base;
      expect(new URL(metricsLink(page, metricsPath), `http://host${page}`).pathname).toBe(base + metricsPath);
    }),
  );
});

test.each([
  ['/metrics', '/metrics'],
  ['/metrics/', '/metrics'],
  ['/', '/'],
  ['/a%20b', '/a%20b'],
  ['/é', '/%C3%A9'],
])('the path %s comes as %s', (path, encoded) => {
  expect(encodePath(path)).toBe(encoded);
});
