import { ScrapeError } from '../../src/errors.js';
import { listenFault } from '../../src/web/listen-fault.js';

const failure = (code?: string): Error => Object.assign(new Error('listen FAILED somehow.'), { code });

test.each([
  ['EADDRINUSE', 9090, 'http://localhost:9090: port 9090 of ::1 is in use. Stop the program that uses it, or give another as --port.'],
  ['EACCES', 80, 'port 80 is not allowed to this user. Give one above 1023 as --port, or the right CAP_NET_BIND_SERVICE.'],
  ['EACCES', 8080, 'port 8080 is not allowed to this user. Give another as --port.'],
  ['EADDRNOTAVAIL', 9090, 'this machine has no address ::1. Give one that it has as --host, such as localhost or 0.0.0.0.'],
  ['EAFNOSUPPORT', 9090, 'this machine has no address ::1. '],
  ['ENOTFOUND', 9090, 'the host is unknown. Give an address of this machine as --host, such as localhost or 0.0.0.0.'],
  ['EAI_AGAIN', 9090, 'the host cannot be looked up now. '],
  ['EMFILE', 9090, 'listen FAILED somehow. Give another host or port.'],
  [undefined, 9090, 'listen FAILED somehow. Give another host or port.'],
])('%s on port %i is told in plain words', (code, port, words) => {
  const fault = listenFault(failure(code), { where: `http://localhost:${port}`, port, address: '::1' });
  const { message } = new ScrapeError(fault);
  expect(fault.code).toBe('LISTEN_FAILED');
  expect(message.startsWith(`http://localhost:${port}: `)).toBe(true);
  expect(message).toContain(words);
});
