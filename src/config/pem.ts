import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** A text in PEM form, and how it is spoken of. */
export interface Pem {
  readonly text: Buffer;
  /** `"key.pem"`; undefined for a text that stands where the fault is. */
  readonly name: string | undefined;
  readonly fault: (what: string, mend: string) => void;
}

/** A key and its certificate. */
export interface Pair {
  readonly key: Pem;
  readonly cert: Pem;
}

/** Says what is wrong with the parts that are there; gives them back where they can be used and belong together. */
export function checkPair({ key, cert }: Readonly<Record<keyof Pair, Pem | undefined>>): Pair | undefined {
  const certificate = cert && parseCertificate(cert.text, cert);
  const privateKey = key && parseKey(key);
  if (!key || !cert || !certificate || !privateKey) return undefined;
  if (!certificate.checkPrivateKey(privateKey)) {
    const [ofKey, ofCertificate] = [key, cert].map(({ name }) => (name === undefined ? '' : ` in ${name}`));
    key.fault(`the key${ofKey} does not match the certificate${ofCertificate}`, 'Give the two that belong together');
    return undefined;
  }
  return checkContext(key, cert) ? { key, cert } : undefined;
}

/** Whether each certificate of those who sign others can be used, and there is one; else says what is wrong. */
export function checkAuthorities(ca: Pem): boolean {
  // Node takes a text without any certificate, and then trusts nobody without saying so.
  const found = ca.text.toString('latin1').match(certificates) ?? [''];
  return found.every((pem) => parseCertificate(pem, ca) !== undefined);
}

const certificates = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function parseKey(key: Pem): KeyObject | undefined {
  const mend = `Give ${formOf(key)} with a private key`;
  try {
    return createPrivateKey(key.text);
  } catch {
    // OpenSSL's own codes for this differ between its versions.
    const isEncrypted = key.text.includes('ENCRYPTED');
    const reason = isEncrypted ? 'holds an encrypted key' : 'holds no private key';
    key.fault(about(key, reason), isEncrypted ? `${mend} that has no passphrase` : mend);
    return undefined;
  }
}

function parseCertificate(text: Buffer | string, pem: Pem): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    pem.fault(about(pem, 'holds no certificate'), `Give ${formOf(pem)} with a certificate`);
    return undefined;
  }
}

/** Finds what only shows when the parts are used: a broken chain, a key that is too short. */
function checkContext(key: Pem, cert: Pem): boolean {
  try {
    createSecureContext({ key: key.text, cert: cert.text });
    return true;
  } catch (error) {
    const { reason } = error as { readonly reason?: unknown };
    cert.fault(about(cert, `cannot be used (${typeof reason === 'string' ? reason : 'unknown reason'})`), 'Give another');
    return false;
  }
}

function about({ name }: Pem, what: string): string {
  return name === undefined ? what : `${name} ${what}`;
}

function formOf({ name }: Pem): string {
  return name === undefined ? 'text in PEM form' : 'a PEM file';
}
