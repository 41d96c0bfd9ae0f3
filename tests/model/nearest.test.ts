import { nearest, suggest } from '../../src/model/nearest.js';

test.each([
  ['prot', ['port', 'host'], 'port'],
  ['metrics-pth', ['metrics-path', 'port'], 'metrics-path'],
  ['xyz', ['port', 'host'], undefined],
  ['port', [], undefined],
  ['p2', ['p1'], undefined],
  ['nix', ['num'], undefined],
  ['nmu', ['nm'], undefined],
  ['WEATHER_CITY', ['WEATHER_HOST'], undefined],
  ['WEATHER_CTY', ['WEATHER_CITY'], 'WEATHER_CITY'],
])('the nearest to %s of %j is %s', (name, names, expected) => {
  expect(nearest(name, names)).toBe(expected);
});

test.each([
  ['prot', ['port', 'host'], 'Did you mean port?'],
  ['xyz', ['port', 'host'], 'Use one of port, host'],
  ['xyz', ['port'], 'Use port'],
  ['xyz', [], 'There are none'],
])('what to do about %s, given %j', (name, names, expected) => {
  expect(suggest(name, names)).toBe(expected);
});
