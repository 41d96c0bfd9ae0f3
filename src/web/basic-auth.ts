import { isUtf8 } from 'node:buffer';

/** What a client says to be let in. */
export interface Credentials {
  readonly user: string;
  /** As it was sent; bcrypt reads bytes. */
  readonly password: Buffer;
}

/** Reads an `Authorization` header (RFC 7617); undefined where it says nothing that could be right. */
export function parseBasicAuth(header: string | undefined): Credentials | undefined {
  const [, encoded = ''] = /^basic +([a-z0-9+/]+={0,2})$/i.exec(header ?? '') ?? [];
  // Node would read on past what is wrong.
  if (encoded === '' || encoded.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const colon = bytes.indexOf(':');
  const user = bytes.subarray(0, Math.max(colon, 0));
  // Other bytes would all become one character, and so one name.
  if (colon === -1 || !isUtf8(user)) return undefined;
  return { user: user.toString(), password: bytes.subarray(colon + 1) };
}
