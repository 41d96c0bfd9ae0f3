import { parseYamlBoolean, parseYamlInteger } from '../../../src/config/web-config/scalar.js';

test.each([
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE']],
  [undefined, ['', 'yEs', 'oN', 'tRUE', '1', '0', 'enabled', ' yes']],
])('YAML 1.1 says %p by some words only', (value, texts) => {
  expect(texts.map(parseYamlBoolean)).toEqual(texts.map(() => value));
});

test.each<[text: string, value: number]>([
  ['10', 10],
  ['-10', -10],
  ['+10', 10],
  ['1_000', 1_000],
  ['0x1f', 31],
  ['-0x1F', -31],
  ['0b11', 3],
  ['017', 15],
  ['0o17', 15],
  ['08', 8],
  ['1e3', 1_000],
  ['10.0', 10],
  ['-0', 0],
])('%s is a whole number', (text, value) => {
  expect(parseYamlInteger(text)).toBe(value);
});

test.each(['', '1.5', 'ten', '0x', '0b2', '1e', '1 0', '.inf', '.nan', '1e400', '9223372036854775808'])('%j is no whole number', (text) => {
  expect(parseYamlInteger(text)).toBeUndefined();
});
