import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '../errors.js';
import { quote } from '../model/name.js';
import { createWebTls, type WebTls } from '../model/web-config.js';
import { loadFile } from './file.js';
import type { ServerConfig } from './server-config.js';

/**
 * Reads and checks the PEM files of the server; undefined where it serves without TLS. `whereOf` tells where an option's
 * value comes from.
 *
 * @throws ConfigError for a file that cannot be read or used, and for a key that is not the certificate's.
 */
export function loadTls(
  { sslPrivateKey, sslPublicKey, sslCa }: Pick<ServerConfig, 'sslPrivateKey' | 'sslPublicKey' | 'sslCa'>,
  whereOf: (option: string) => string | undefined = () => undefined,
): WebTls | undefined {
  const placeOf = (option: string, name: string): PemPlace => ({ where: whereOf(option) ?? `--${option}`, name });
  if (sslPrivateKey === undefined || sslPublicKey === undefined) return undefined;
  const keyPlace = placeOf('ssl-private-key', sslPrivateKey);
  const certPlace = placeOf('ssl-public-key', sslPublicKey);
  const key = loadFile(sslPrivateKey, keyPlace);
  const cert = loadFile(sslPublicKey, certPlace);
  const certificate = parseCertificate(cert, certPlace);
  if (!certificate.checkPrivateKey(parseKey(key, keyPlace))) {
    throw invalidTls(
      keyPlace,
      `the key in ${quote(sslPrivateKey)} does not match the certificate in ${quote(sslPublicKey)}`,
      'Give the two files that belong together',
    );
  }
  checkContext({ key, cert }, certPlace);
  const ca = sslCa === undefined ? undefined : loadAuthorities(sslCa, placeOf('ssl-ca', sslCa));
  return createWebTls({ key, cert, ca });
}

interface PemPlace {
  readonly where: string;
  readonly name: string;
}

function parseKey(pem: Buffer, place: PemPlace): KeyObject {
  const mend = 'Give a PEM file with a private key';
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's own codes for this differ between its versions.
    const isEncrypted = pem.includes('ENCRYPTED');
    const reason = isEncrypted ? 'holds an encrypted key' : 'holds no private key';
    throw invalidTls(place, `${quote(place.name)} ${reason}`, isEncrypted ? `${mend} that has no passphrase` : mend);
  }
}

function parseCertificate(pem: Buffer | string, place: PemPlace): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalidTls(place, `${quote(place.name)} holds no certificate`, 'Give a PEM file with a certificate');
  }
}

/** Finds what only shows when the parts are used: a broken chain, a key that is too short. */
function checkContext(files: Pick<WebTls, 'key' | 'cert'>, place: PemPlace): void {
  try {
    createSecureContext(files);
  } catch (error) {
    const { reason } = error as { readonly reason?: unknown };
    throw invalidTls(
      place,
      `${quote(place.name)} cannot be used (${typeof reason === 'string' ? reason : 'unknown reason'})`,
      'Give another',
    );
  }
}

const certificates = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function loadAuthorities(path: string, place: PemPlace): Buffer {
  const ca = loadFile(path, place);
  // Node takes a file without any certificate, and then trusts nobody without saying so.
  const found = ca.toString('latin1').match(certificates) ?? [''];
  for (const pem of found) parseCertificate(pem, place);
  return ca;
}

function invalidTls({ where }: PemPlace, what: string, mend: string): ConfigError {
  return new ConfigError({ code: 'INVALID_TLS', where, what, mend });
}
