import type { Fault } from '../errors.js';
import { quote } from '../model/name.js';
import { createWebTls, type WebTls } from '../model/web-config.js';
import type { FileReads } from './file-reads.js';
import { checkAuthorities, checkPair, type Pem } from './pem.js';
import type { ServerConfig } from './server-config.js';

/** The options of the server that name PEM files, and the members of their values. */
export const sslOptions = { 'ssl-private-key': 'sslPrivateKey', 'ssl-public-key': 'sslPublicKey', 'ssl-ca': 'sslCa' } as const;

export type SslConfig = Pick<ServerConfig, 'sslPrivateKey' | 'sslPublicKey' | 'sslCa'>;

/** Where an option's value comes from; undefined for a default. */
export type WhereOf = (option: string) => string | undefined;

/** Reads and checks the PEM files of the `--ssl-…` options; undefined where there are none or they cannot be used. */
export function loadSslOptions(
  { sslPrivateKey, sslPublicKey, sslCa }: SslConfig,
  { whereOf, reads, onFault }: { readonly whereOf: WhereOf; readonly reads: FileReads; readonly onFault: (fault: Fault) => void },
): WebTls | undefined {
  if (sslPrivateKey === undefined || sslPublicKey === undefined) return undefined;
  const load = (option: keyof typeof sslOptions, path: string): Pem | undefined => {
    const where = whereOf(option) ?? `--${option}`;
    const text = reads.load(path, { where, name: path }, onFault);
    return text && { text, name: quote(path), fault: (what, mend) => onFault({ code: 'INVALID_TLS', where, what, mend }) };
  };
  const key = load('ssl-private-key', sslPrivateKey);
  const cert = load('ssl-public-key', sslPublicKey);
  const ca = sslCa === undefined ? undefined : load('ssl-ca', sslCa);
  const pair = checkPair({ key, cert });
  const areAuthorities = ca === undefined || checkAuthorities(ca);
  return pair && areAuthorities ? createWebTls({ key: pair.key.text, cert: pair.cert.text, ca: ca?.text }) : undefined;
}
