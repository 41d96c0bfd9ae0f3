import { randomInt } from 'node:crypto';
import { ConfigError } from '../errors.js';

/** Tells whether a password is that of a hash. What is no hash has no password. */
export type Verify = (password: Buffer, hash: string) => Promise<boolean>;

/**
 * Loads what checks passwords on another thread.
 *
 * @throws ConfigError CONFIG on a machine that it is not built for.
 */
export function loadVerify(): Verify {
  try {
    const { verify } = require('@node-rs/bcrypt') as typeof import('@node-rs/bcrypt');
    // The minor version tells which mistakes the maker of the hash was free of, and changes nothing in how it is checked.
    return (password, hash) => verify(password, hash.replace(/^\$2[^$]?\$/, '$$2b$$'));
  } catch (error) {
    const what = 'passwords cannot be checked here, since @node-rs/bcrypt does not load';
    throw new ConfigError(
      { code: 'CONFIG', where: 'basic_auth_users', what, mend: 'Install it with its optional dependencies' },
      { cause: error },
    );
  }
}

/** Creates a hash that costs as much as another to check, and has no password that anybody knows. */
export function createDecoy(hash: string): string {
  const [, cost = '10'] = /^\$2[a-z]?\$(\d\d)\$/.exec(hash) ?? [];
  // The last character of each part holds only as many bits as are left.
  return `$2b$${cost}$${randomText(21)}u${randomText(30)}u`;
}

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
