import { createOpenPaths } from '../../src/web/open-path.js';

const isOpen = createOpenPaths(['/app/-/healthy', '/app/-/ready']);

test.each([
  ['GET', '/app/-/healthy'],
  ['HEAD', '/app/-/ready'],
  ['GET', '/app/-/healthy?'],
  ['GET', '/app/-/healthy?a=1'],
  ['GET', '/app/-/healthy?/../metrics'],
])('%s %s is open', (method, url) => {
  expect(isOpen({ method, url })).toBe(true);
});

test.each([
  ['GET', '/'],
  ['GET', undefined],
  ['GET', ''],
  ['GET', '*'],
  ['GET', '/app/metrics'],
  ['GET', '/-/healthy'],
  ['GET', '/app/-/healthy/'],
  ['GET', '//app/-/healthy'],
  ['GET', '/app//-/healthy'],
  ['GET', '/app/-/healthy/../metrics'],
  ['GET', '/app/-/healthy/..%2fmetrics'],
  ['GET', '/app/-/healthy/%2e%2e/metrics'],
  ['GET', '/app/-/../-/healthy'],
  ['GET', '/app/-%2Fhealthy'],
  ['GET', '/app/-/health%79'],
  ['GET', '/app/-/healthy#/../../metrics'],
  ['GET', '/app/-/healthy;/../metrics'],
  ['GET', String.raw`/app/-/healthy\..\..\metrics`],
  ['GET', '/APP/-/HEALTHY'],
  ['GET', 'http://localhost/app/-/healthy'],
  ['GET', 'http://localhost/app/metrics?/app/-/healthy'],
  ['GET', '/app/metrics?/app/-/healthy'],
  ['GET', '/app/-/healthy%3f/../metrics'],
  ['GET', '/app/-/healthy\n?'],
  ['POST', '/app/-/healthy'],
  ['get', '/app/-/healthy'],
  [undefined, '/app/-/healthy'],
])('%s %s is not', (method, url) => {
  expect(isOpen({ method, url } as Parameters<typeof isOpen>[0])).toBe(false);
});

test('without paths nothing is open', () => {
  expect(createOpenPaths([])({ method: 'GET', url: '' })).toBe(false);
});
