import { parseMeminfo } from '../../../samples/host/meminfo.js';

test.each([
  ['MemTotal:       16314520 kB', { field: 'MemTotal', name: 'MemTotal_bytes', value: 16_706_068_480 }],
  ['Active(anon):     204800 kB', { field: 'Active(anon)', name: 'Active_anon_bytes', value: 209_715_200 }],
  ['Committed_AS:      61500 kB', { field: 'Committed_AS', name: 'Committed_AS_bytes', value: 62_976_000 }],
  ['DirectMap1G:    25165824 kB', { field: 'DirectMap1G', name: 'DirectMap1G_bytes', value: 25_769_803_776 }],
  ['HugePages_Total:       4', { field: 'HugePages_Total', name: 'HugePages_Total', value: 4 }],
])('%s', (line, field) => {
  expect(parseMeminfo(`${line}\n`)).toEqual([field]);
});

test('the fields keep their order', () => {
  expect(parseMeminfo('MemTotal: 2 kB\nMemFree: 1 kB\n').map(({ name }) => name)).toEqual(['MemTotal_bytes', 'MemFree_bytes']);
});

test.each(['', 'MemTotal: much kB', 'MemTotal: 2 MB'])('%j is refused', (text) => {
  expect(() => parseMeminfo(text)).toThrow(`meminfo: ${JSON.stringify(text)} is no field`);
});
