import { parseListenAddress, parseSocketMode } from '../../src/model/listen-address.js';

test.each<[text: string, address: object]>([
  ['localhost:9100', { kind: 'tcp', host: 'localhost', port: 9100 }],
  ['localhost:0', { kind: 'tcp', host: 'localhost', port: 0 }],
  [':9100', { kind: 'tcp', host: '', port: 9100 }],
  ['[::]:9100', { kind: 'tcp', host: '::', port: 9100 }],
  ['[::1]:9100', { kind: 'tcp', host: '::1', port: 9100 }],
  ['[fe80::1%eth0]:9100', { kind: 'tcp', host: 'fe80::1%eth0', port: 9100 }],
  ['127.0.0.1:65535', { kind: 'tcp', host: '127.0.0.1', port: 65_535 }],
  ['my_host-1.example.org.:80', { kind: 'tcp', host: 'my_host-1.example.org.', port: 80 }],
  ['unix:/run/x.sock', { kind: 'unix', path: '/run/x.sock' }],
  ['unix:/run/a b:c', { kind: 'unix', path: '/run/a b:c' }],
])('%s is an address', (text, address) => {
  expect(parseListenAddress(text)).toEqual(address);
});

test.each<[text: string, message: string]>([
  ['9100', 'is no address to listen at. Give host and port, such as :9100'],
  ['localhost', 'is no address to listen at. Give host and port, such as localhost:9100'],
  ['::1', 'has an IPv6 address without brackets. Write it as [::1]:9100'],
  ['::1:9100', 'has an IPv6 address without brackets. Write it as [::1]:9100'],
  ['[::1]', 'is no address to listen at. Give host and port, such as localhost:9100'],
  ['[127.0.0.1]:9100', 'has no IPv6 address in its brackets. Write it as [::1]:9100'],
  ['[]:9100', 'has no IPv6 address in its brackets. Write it as [::1]:9100'],
  ['localhost:', 'has no port. Add one, such as :9100, or :0 for any free one'],
  ['localhost:http', 'is no address to listen at. Give host and port, such as localhost:9100'],
  ['localhost:65536', 'has a port that is not in the range 0..65535. Give a port in it'],
  ['localhost:-1', 'is no address to listen at. Give host and port, such as localhost:9100'],
  ['http://localhost:9100', 'has an IPv6 address without brackets. Write it as [::1]:9100'],
  ['300.0.0.1:9100', 'has no host that can be. Give a name or an address, such as 127.0.0.1:9100'],
  ['1:9100', 'has no host that can be. Give a name or an address, such as 127.0.0.1:9100'],
  ['*:9100', 'has no host that can be. Give a name or an address, such as 127.0.0.1:9100'],
  ['a b:9100', 'has no host that can be. Give a name or an address, such as 127.0.0.1:9100'],
  ['/run/x.sock', 'is no address to listen at. Write unix:/run/x.sock'],
  ['unix:x.sock', 'is no absolute path. Write it as unix:/run/exporter.sock'],
  ['unix:', 'is no absolute path. Write it as unix:/run/exporter.sock'],
  ['unix:/run/', 'is a folder. Add the name of the socket'],
  ['unix:/run/x\0', 'has a character that no path may have. Give another path'],
])('%j %s', (text, message) => {
  expect(() => parseListenAddress(text)).toThrow(new Error(message));
});

test.each(['600', '660', '0666', '777'])('%s is a mode', (text) => {
  expect(parseSocketMode(text)).toBe(text);
});

test.each<[text: string, message: string]>([
  ['66', 'is no mode. Give three octal digits, such as 660'],
  ['668', 'is no mode. Give three octal digits, such as 660'],
  ['4660', 'is no mode. Give three octal digits, such as 660'],
  ['rw-rw----', 'is no mode. Give three octal digits, such as 660'],
  ['0o660', 'is no mode. Give three octal digits, such as 660'],
  ['060', 'is a mode that shuts out its owner. Give 6 or 7 as the first digit'],
])('mode %s %s', (text, message) => {
  expect(() => parseSocketMode(text)).toThrow(new Error(message));
});
