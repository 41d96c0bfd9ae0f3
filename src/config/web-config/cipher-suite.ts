/** Those of TLS 1.3; Go lets nobody choose among them, so all are offered. */
export const modernCiphers = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;

/** By the part of Go's name behind the kind of key, the same part of OpenSSL's. */
const olderCiphers = {
  AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
  AES_256_GCM_SHA384: 'AES256-GCM-SHA384',
  CHACHA20_POLY1305_SHA256: 'CHACHA20-POLY1305',
  AES_128_CBC_SHA: 'AES128-SHA',
  AES_256_CBC_SHA: 'AES256-SHA',
} as const;

/** The names of a web configuration file, which are those that Go calls secure → OpenSSL's. */
export const cipherSuites: ReadonlyMap<string, string> = new Map([
  ...['ECDSA', 'RSA'].flatMap((key) =>
    Object.entries(olderCiphers).map(([go, openSsl]) => [`TLS_ECDHE_${key}_WITH_${go}`, `ECDHE-${key}-${openSsl}`] as const),
  ),
  ...modernCiphers.map((name) => [name, name] as const),
]);

/** One of these has to be there where HTTP/2 is spoken over TLS 1.2 (RFC 9113, 9.2.2). */
export const http2Ciphers = ['RSA', 'ECDSA'].map((key) => `TLS_ECDHE_${key}_WITH_AES_128_GCM_SHA256`);

/** Whether a name of OpenSSL's is one of TLS 1.3. */
export function isModernCipher(name: string): boolean {
  return (modernCiphers as readonly string[]).includes(name);
}
