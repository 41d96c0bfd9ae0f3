import fc from 'fast-check';
import { escapeName, escapings } from '../../src/exposition/escape-name.js';

test.each<[name: string, underscores: string, dots: string, values: string]>([
  ['disk:io_time', 'disk:io_time', 'disk:io_time', 'disk:io_time'],
  ['disk.io_time:sum', 'disk_io_time:sum', 'disk_dot_io__time:sum', 'U__disk_2e_io__time:sum'],
  ['温度', '__', '____', 'U___6e29__5ea6_'],
  ['a', 'a', 'a', 'a'],
  ['_', '_', '_', '_'],
  ['1a', '_a', '__a', 'U___31_a'],
  ['a1', 'a1', 'a1', 'a1'],
  ['.1', '_1', '_dot_1', 'U___2e_1'],
  ['a b_c', 'a_b_c', 'a__b__c', 'U__a_20_b__c'],
  ['😀', '_', '__', 'U___1f600_'],
  ['a\ud83d', 'a_', 'a__', 'U__a_FFFD_'],
  ['a\n"\\', 'a___', 'a______', 'U__a_a__22__5c_'],
  ['U__a', 'U__a', 'U__a', 'U__a'],
])('the metric %j', (name, ...escaped) => {
  expect(escapings.map((escaping) => escapeName(name, escaping, 'metric'))).toEqual([name, ...escaped]);
});

test('labels have no colon', () => {
  expect(escapings.map((escaping) => escapeName('a:b_c', escaping, 'label'))).toEqual(['a:b_c', 'a_b_c', 'a__b__c', 'U__a_3a_b__c']);
});

test('what was escaped has the classic alphabet, and values can be found again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom('underscores', 'dots', 'values'), (name, escaping) => {
      const [metric, label] = [escapeName(name, escaping, 'metric'), escapeName(name, escaping, 'label')];
      expect(metric).toMatch(/^[A-Za-z_:][A-Za-z0-9_:]*$/);
      expect(label).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
      if (escaping === 'values' && label !== name) expect(unescapeValues(label)).toBe(name);
    }),
  );
});

function unescapeValues(escaped: string): string {
  return escaped
    .slice('U__'.length)
    .replace(/_(?:_|([0-9a-f]+)_)/g, (_, code: string | undefined) =>
      code === undefined ? '_' : String.fromCodePoint(parseInt(code, 16)),
    );
}
