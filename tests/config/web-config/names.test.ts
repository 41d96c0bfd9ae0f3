import { createSecureContext } from 'node:tls';
import { cipherSuites } from '../../../src/config/web-config/cipher-suite.js';
import { curves, tlsVersions } from '../../../src/config/web-config/tls-choices.js';

test('there are the thirteen cipher suites that Go calls secure', () => {
  expect(cipherSuites.size).toBe(13);
});

test.each([...cipherSuites.values()])('OpenSSL knows the cipher suite %s', (ciphers) => {
  expect(() => createSecureContext({ ciphers })).not.toThrow();
});

test.each([...curves.values()])('OpenSSL knows the curve %s', (ecdhCurve) => {
  expect(() => createSecureContext({ ecdhCurve })).not.toThrow();
});

test.each([...tlsVersions.values()])('Node knows the version %s', (version) => {
  expect(() => createSecureContext({ minVersion: version, maxVersion: version })).not.toThrow();
});
