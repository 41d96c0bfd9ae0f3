/** What a TLS server is made of, in PEM. */
export interface TlsMaterial {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** Clients must present a certificate signed by one of these. */
  readonly ca?: Buffer;
}
