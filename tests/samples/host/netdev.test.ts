import { parseNetdev } from '../../../samples/host/netdev.js';

const header = 'Inter-|   Receive      |  Transmit\n face |bytes packets multicast|bytes colls\n';

test('the columns are named by direction', () => {
  expect(parseNetdev(header).columns).toEqual([
    'receive_bytes',
    'receive_packets',
    'receive_multicast',
    'transmit_bytes',
    'transmit_colls',
  ]);
});

test.each([
  ['  eth0: 1 2 3 4 5', 'eth0', [1, 2, 3, 4, 5]],
  ['eth0:9007199254 2 3 4 5', 'eth0', [9_007_199_254, 2, 3, 4, 5]],
  ['eth0:1: 1 2 3 4 5', 'eth0:1', [1, 2, 3, 4, 5]],
  ['wg-home.7: 0 0 0 0 0', 'wg-home.7', [0, 0, 0, 0, 0]],
])('%s', (line, device, totals) => {
  expect(parseNetdev(`${header}${line}\n`).devices).toEqual([{ device, totals }]);
});

test.each([
  ['', 'net/dev: the line with the names of the columns is missing'],
  [`${header} eth0: 1 2 3 4`, 'net/dev: eth0: transmit_colls: "" is no number'],
  [`${header} eth0: 1 2 x 4 5`, 'net/dev: eth0: receive_multicast: "x" is no number'],
])('%j is refused', (text, message) => {
  expect(() => parseNetdev(text)).toThrow(message);
});
