import type Koa from 'koa';
import { createForwarding } from '../../src/web/forwarding.js';

function forward(proxies: readonly string[], remoteAddress: string | undefined, headers: Record<string, string>) {
  const req = { socket: { remoteAddress }, headers: { ...headers }, rawHeaders: Object.entries(headers).flat() };
  createForwarding(proxies)({ req } as unknown as Koa.Context);
  return req;
}

const chain = (proxies: readonly string[], remote: string | undefined, text: string): unknown =>
  forward(proxies, remote, { 'x-forwarded-for': text }).headers['x-forwarded-for'];

test.each<[rule: string, proxies: string[], remote: string | undefined, given: string, believed: string | undefined]>([
  ['the client is who the proxy saw', ['10.0.0.1'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['what the client says itself counts for nothing', ['10.0.0.1'], '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
  ['proxies before proxies are passed over', ['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.9.9.9', '1.2.3.4, 10.9.9.9'],
  ['a chain of proxies alone begins with the first', ['10.0.0.0/8'], '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3, 10.0.0.2'],
  ['what is no address ends the chain', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, unknown, 10.0.0.2', '10.0.0.2'],
  ['others are not believed', ['10.0.0.1'], '10.0.0.2', '1.2.3.4', undefined],
  ['IPv6 networks', ['fd00::/8'], 'fd12::1', '2001:db8::1', '2001:db8::1'],
  ['IPv4 addresses that came by IPv6', ['10.0.0.0/8'], '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['Unix sockets', ['unix'], undefined, '1.2.3.4', '1.2.3.4'],
  ['Unix sockets only where they are named', ['10.0.0.0/8'], undefined, '1.2.3.4', undefined],
])('%s', (_rule, proxies, remote, given, believed) => {
  expect(chain(proxies, remote, given)).toBe(believed);
});

test('all forwarding headers of others are removed, and no more', () => {
  const forwarding = {
    'x-forwarded-host': 'evil',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/x',
    forwarded: 'for=x',
    'x-real-ip': '6.6.6.6',
  };
  const { headers, rawHeaders } = forward(['10.0.0.1'], '10.0.0.2', { host: 'here', ...forwarding, accept: '*/*' }); // prettier-ignore
  expect(headers).toEqual({ host: 'here', accept: '*/*' });
  expect(rawHeaders).toEqual(['host', 'here', 'accept', '*/*']);
});
