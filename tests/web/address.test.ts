import { formatOrigin, planEndpoints, resolveHost } from '../../src/web/address.js';

test.each([
  ['127.0.0.1', { host: '127.0.0.1', addresses: ['127.0.0.1'] }],
  ['::1', { host: '::1', addresses: ['::1'] }],
  ['[::1]', { host: '::1', addresses: ['::1'] }],
])('%s is an address', async (given, host) => {
  expect(await resolveHost(given)).toEqual(host);
});

test('a name is looked up', async () => {
  const { host, addresses } = await resolveHost('localhost');
  expect(host).toBe('localhost');
  expect(addresses.length).toBeGreaterThan(0);
});

test.each<[rule: string, addresses: string[][], sockets: string[]]>([
  ['one each', [['127.0.0.1'], ['10.0.0.1', '::1']], ['0 127.0.0.1', '1 10.0.0.1', '1 ::1 only']],
  ['one each, once', [['127.0.0.1', '::1'], ['127.0.0.1'], ['::1']], ['0 127.0.0.1', '0 ::1 only']],
  ['none beside its wildcard', [['127.0.0.1'], ['0.0.0.0'], ['10.0.0.1']], ['1 0.0.0.0']],
  ['none beside :: either', [['::1'], ['::']], ['1 ::']],
  [':: alone for both families', [['::']], ['0 ::']],
  [':: for IPv6 only where IPv4 has its own', [['::'], ['127.0.0.1', '::1']], ['0 :: only', '1 127.0.0.1']],
  ['both wildcards', [['0.0.0.0'], ['::'], ['127.0.0.1']], ['0 0.0.0.0', '1 :: only']],
])('sockets for addresses: %s', (_rule, hosts, sockets) => {
  const endpoints = planEndpoints(hosts.map((addresses, index) => ({ host: String(index), addresses })));
  expect(endpoints.map(({ host, address, ipv6Only }) => `${host} ${address}${ipv6Only ? ' only' : ''}`)).toEqual(sockets);
});

test.each([
  ['http', 'localhost', 'http://localhost:9090'],
  ['https', '127.0.0.1', 'https://127.0.0.1:9090'],
  ['http', '::1', 'http://[::1]:9090'],
  ['http', 'fe80::1%eth0', 'http://[fe80::1%25eth0]:9090'],
] as const)('%s at %s is %s', (protocol, host, origin) => {
  expect(formatOrigin(protocol, host, 9090)).toBe(origin);
});
