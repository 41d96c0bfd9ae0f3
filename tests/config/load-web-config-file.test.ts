import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadWebConfig, WebConfigError } from '../../src/config/load-web-config.js';
import { createWebTls, openWebConfig, type WebConfig, type WebTls } from '../../src/model/web-config.js';
import { badPlaces } from '../fixtures/web-config/bad-places.js';

const root = join(__dirname, '../fixtures/web-config');
const pem = (name: string): Buffer => readFileSync(join(root, '../tls', name));
const hash = '$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi';
const withPrefix = (prefix: string): string => hash.replace('$2y$10$', prefix);
const modern = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

/** The server's own pair, and what is said besides. */
function tls(more: Partial<WebTls> = {}): Partial<WebConfig> {
  return { tls: { ...createWebTls({ key: pem('server-key.pem'), cert: pem('server.pem') }), ...more } };
}

/** What each good file says, as far as it differs from a server that is open. */
const meanings: Readonly<Record<string, Partial<WebConfig>>> = {
  empty: {},
  comments: {},
  'sections-without-values': {},
  'first-document': { rateLimit: { intervalMilliseconds: 1_000, burst: 5 } },
  'tls-files': tls(),
  'tls-inline': tls(),
  'tls-files-win': tls(),
  'tls-blank': {},
  'policy-none': tls(),
  'policy-blank': tls(),
  'policy-request': tls({ clientPolicy: 'RequestClientCert', ca: pem('ca.pem') }),
  'policy-require-any': tls({ clientPolicy: 'RequireAnyClientCert' }),
  'policy-alias': tls({ clientPolicy: 'RequireAnyClientCert' }),
  'policy-verify-if-given': tls({ clientPolicy: 'VerifyClientCertIfGiven', ca: pem('ca.pem') }),
  'policy-require-and-verify': tls({ clientPolicy: 'RequireAndVerifyClientCert', ca: pem('ca.pem') }),
  'policy-system-roots': tls({ clientPolicy: 'RequireAndVerifyClientCert' }),
  'client-ca-inline': tls({ clientPolicy: 'RequireAndVerifyClientCert', ca: Buffer.concat([pem('ca.pem'), pem('other-ca.pem')]) }),
  'allowed-sans': tls({
    clientPolicy: 'RequireAnyClientCert',
    allowedSans: ['scraper.example', '192.0.2.1', '7', 'spiffe://example/scraper'],
  }),
  'versions-old': tls({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }),
  'version-newest': tls({ minVersion: 'TLSv1.3' }),
  'ciphers-all': tls({
    ciphers: [
      ...modern,
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-ECDSA-AES128-SHA',
      'ECDHE-ECDSA-AES256-SHA',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-RSA-CHACHA20-POLY1305',
      'ECDHE-RSA-AES128-SHA',
      'ECDHE-RSA-AES256-SHA',
    ],
  }),
  'ciphers-none': tls(),
  'ciphers-newest-only': { ...tls({ ciphers: modern }), http2: false },
  'ciphers-without-http2': { ...tls({ ciphers: [...modern, 'ECDHE-RSA-AES256-GCM-SHA384'] }), http2: false },
  'ciphers-beside-newest-version': tls({ minVersion: 'TLSv1.3', ciphers: [...modern, 'ECDHE-RSA-AES256-SHA'] }),
  curves: tls({ curves: ['X25519', 'P-521', 'P-384', 'P-256'] }),
  'client-order': tls({ prefersServerCiphers: false }),
  'http2-off': { http2: false },
  'http2-without-value': {},
  headers: {
    headers: {
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'sameorigin',
      'X-XSS-Protection': '0',
      'Content-Security-Policy': "default-src 'self'",
    },
  },
  'headers-of-any-kind': {
    headers: {
      'Strict-Transport-Security': '',
      'X-XSS-Protection': '1',
      'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'",
    },
  },
  users: {
    users: new Map([
      ['alice', hash],
      ['bob', withPrefix('$2a$04$')],
      ['carol', withPrefix('$2b$31$')],
      ['7', withPrefix('$2b$10$')],
      ['yes', withPrefix('$2b$10$')],
      ['müller@example', withPrefix('$2x$05$')],
    ]),
  },
  'rate-limit': { rateLimit: { intervalMilliseconds: 1_000, burst: 20 } },
  'rate-limit-units': { rateLimit: { intervalMilliseconds: 5_401_750, burst: 16 } },
  'rate-limit-nanoseconds': { rateLimit: { intervalMilliseconds: 5, burst: 100 } },
  'rate-limit-negative': {},
  'rate-limit-zero': {},
  'rate-limit-burst-only': {},
  anchors: {
    ...tls({ clientPolicy: 'RequireAnyClientCert', allowedSans: ['a.example'] }),
    headers: { 'Content-Security-Policy': '../../tls/server.pem' },
    users: new Map([
      ['alice', hash],
      ['bob', hash],
    ]),
  },
  'merged-lists': { headers: { 'X-Frame-Options': 'sameorigin', 'X-XSS-Protection': 'first', 'X-Content-Type-Options': 'nosniff' } },
  json: { http2: false, rateLimit: { intervalMilliseconds: 250, burst: 3 } },
  windows: { rateLimit: { intervalMilliseconds: 2_000, burst: 5 } },
  tags: { http2: false, users: new Map([['alice', hash]]) },
};

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).map((file) => file.replace(/\.yml$/, ''));
}

test('each file has its meaning or its mistakes in a table', () => {
  expect(namesIn('good').toSorted()).toEqual(Object.keys(meanings).toSorted());
  expect(namesIn('bad').toSorted()).toEqual(Object.keys(badPlaces).toSorted());
});

test.each(Object.entries(meanings))('good/%s.yml is read', (name, meaning) => {
  const { web } = loadWebConfig({ webConfigFile: join(root, 'good', `${name}.yml`) });
  expect(web).toEqual({ ...openWebConfig, ...meaning });
});

test.each(Object.entries(badPlaces))('bad/%s.yml is refused, with each place and cause', (name, places) => {
  const folder = join(root, 'bad');
  const webConfigFile = join(folder, `${name}.yml`);
  const error = thrownBy(() => loadWebConfig({ webConfigFile }));
  const told = error.faults.map(({ where, what }) =>
    `${where}: ${what}`.replace(`${webConfigFile}:`, '').replaceAll(/"(\/[^"]+)"/g, (_, path: string) => `"${shorten(path, folder)}"`),
  );
  expect(told).toEqual(places);
});

function shorten(path: string, folder: string): string {
  return path.startsWith(join(root, '../..')) ? relative(folder, path) : path;
}

function thrownBy(run: () => unknown): WebConfigError {
  try {
    run();
  } catch (error) {
    if (error instanceof WebConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
