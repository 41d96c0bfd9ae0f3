import { quote, toCamelCase, toKebabCase, toSnakeCase, toVariable, withPrefix, withSuffix } from '../../src/model/name.js';

test.each([
  ['temperatureCelsius', 'temperature_celsius', 'temperature-celsius'],
  ['HTTPRequests', 'http_requests', 'http-requests'],
  ['load1', 'load1', 'load1'],
  ['a_gauge', 'a_gauge', 'a-gauge'],
  ['http2Frames', 'http2_frames', 'http2-frames'],
  ['weather-exporter', 'weather_exporter', 'weather-exporter'],
])('%s is %s in metric names and %s on the command line', (name, snake, kebab) => {
  expect(toSnakeCase(name)).toBe(snake);
  expect(toKebabCase(name)).toBe(kebab);
});

test('an option name becomes a variable and a member', () => {
  expect(toVariable('EXP', 'max-age')).toBe('EXP_MAX_AGE');
  expect(toCamelCase('max-age')).toBe('maxAge');
});

test('a prefix or suffix is added only where it is missing', () => {
  expect(withPrefix('load1', 'node')).toBe('node_load1');
  expect(withPrefix('node_load1', 'node')).toBe('node_load1');
  expect(withSuffix('size', 'bytes')).toBe('size_bytes');
  expect(withSuffix('size_bytes', 'bytes')).toBe('size_bytes');
});

test('any value can be named in a message', () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  expect(['a "b"', 5, 5n, undefined, null, () => {}, Symbol('x'), [1, 'a'], cyclic].map(quote)).toEqual([
    '"a \\"b\\""', '5', '5n', 'undefined', 'null', 'a function', 'Symbol(x)', '[1,"a"]', 'an object',
  ]); // prettier-ignore
});
