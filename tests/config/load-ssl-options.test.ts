import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWebConfig } from '../../src/config/load-web-config.js';
import { createWebTls, openWebConfig } from '../../src/model/web-config.js';

type Files = Parameters<typeof loadWebConfig>[0];

const pem = (name: string): string => join(__dirname, 'tls', name);
const good = { sslPrivateKey: pem('key.pem'), sslPublicKey: pem('cert.pem') };

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tls-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function mistakeOf(files: Files): string {
  try {
    loadWebConfig(files);
    return '';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`.replaceAll(`${directory}/`, '').replaceAll(`${pem('')}/`, '');
  }
}

const text = (name: string): string => readFileSync(pem(name), 'utf8');

test('without any option the server is open', () => {
  expect(loadWebConfig({})).toEqual({ web: openWebConfig, files: new Map() });
});

test('a key pair is read, and the authorities where they are given', () => {
  expect(loadWebConfig(good).web.tls).toEqual(createWebTls({ key: readFileSync(pem('key.pem')), cert: readFileSync(pem('cert.pem')) }));
  const sslCa = file('two.pem', `a comment\n${text('cert.pem')}${text('cert.pem')}`);
  const { web, files } = loadWebConfig({ ...good, sslCa });
  expect(web.tls?.ca).toEqual(readFileSync(sslCa));
  expect([...files.keys()].sort()).toEqual([...Object.values(good), sslCa].sort());
});

test.each<[name: string, files: () => Files, message: string]>([
  [
    'a key that is not there',
    () => ({ ...good, sslPrivateKey: join(directory, 'none.pem') }),
    'UNREADABLE_FILE --ssl-private-key: "none.pem" does not exist. Name a file that can be read.',
  ],
  [
    'a directory as certificate',
    () => ({ ...good, sslPublicKey: directory }),
    'UNREADABLE_FILE --ssl-public-key: "DIR" is a directory. Name a file that can be read.',
  ],
  [
    'authorities that are not there',
    () => ({ ...good, sslCa: join(directory, 'none.pem') }),
    'UNREADABLE_FILE --ssl-ca: "none.pem" does not exist. Name a file that can be read.',
  ],
  [
    'a key that is none',
    () => ({ ...good, sslPrivateKey: pem('cert.pem') }),
    'INVALID_TLS --ssl-private-key: "cert.pem" holds no private key. Give a PEM file with a private key.',
  ],
  [
    'an encrypted key',
    () => ({ ...good, sslPrivateKey: pem('encrypted-key.pem') }),
    'INVALID_TLS --ssl-private-key: "encrypted-key.pem" holds an encrypted key. Give a PEM file with a private key that has no passphrase.',
  ],
  [
    'a certificate that is none',
    () => ({ ...good, sslPublicKey: pem('key.pem') }),
    'INVALID_TLS --ssl-public-key: "key.pem" holds no certificate. Give a PEM file with a certificate.',
  ],
  [
    "another certificate's key",
    () => ({ ...good, sslPrivateKey: pem('other-key.pem') }),
    'INVALID_TLS --ssl-private-key: the key in "other-key.pem" does not match the certificate in "cert.pem". Give the two that belong together.',
  ],
  [
    'a chain that is broken',
    () => ({
      ...good,
      sslPublicKey: file('chain.pem', `${text('cert.pem')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`),
    }),
    'INVALID_TLS --ssl-public-key: "chain.pem" cannot be used (wrong tag). Give another.',
  ],
  [
    'a key that is too short',
    () => ({ sslPrivateKey: pem('weak-key.pem'), sslPublicKey: pem('weak-cert.pem') }),
    'INVALID_TLS --ssl-public-key: "weak-cert.pem" cannot be used (ee key too small). Give another.',
  ],
  [
    'authorities without a certificate',
    () => ({ ...good, sslCa: file('empty.pem', 'nothing') }),
    'INVALID_TLS --ssl-ca: "empty.pem" holds no certificate. Give a PEM file with a certificate.',
  ],
  [
    'authorities of which one is broken',
    () => ({ ...good, sslCa: file('ca.pem', `${text('cert.pem')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`) }),
    'INVALID_TLS --ssl-ca: "ca.pem" holds no certificate. Give a PEM file with a certificate.',
  ],
])('%s: refused', (_, files, message) => {
  expect(mistakeOf(files()).replace(JSON.stringify(directory), '"DIR"')).toBe(message);
});

test('the place of a fault is where the option was set', () => {
  const whereOf = (option: string): string => `EXP_${option.toUpperCase()}`;
  const server = { sslPrivateKey: pem('other-key.pem'), sslPublicKey: pem('cert.pem') };
  expect(() => loadWebConfig(server, whereOf)).toThrow(/^EXP_SSL-PRIVATE-KEY: the key in/);
});

test('all that is wrong is told at once', () => {
  const files = { sslPrivateKey: pem('cert.pem'), sslPublicKey: join(directory, 'none.pem'), sslCa: pem('key.pem') };
  expect(mistakeOf(files)).toBe(
    [
      'UNREADABLE_FILE 3 mistakes:',
      '  --ssl-public-key: "none.pem" does not exist. Name a file that can be read.',
      '  --ssl-private-key: "cert.pem" holds no private key. Give a PEM file with a private key.',
      '  --ssl-ca: "key.pem" holds no certificate. Give a PEM file with a certificate.',
    ].join('\n'),
  );
});
