import { ConfigError } from '../errors.js';
import type { WebConfig } from '../model/web-config.js';

/** What keeps strangers out, by the word for it. */
const protections: Readonly<Record<string, (web: WebConfig) => boolean>> = {
  TLS: ({ tls }) => tls !== undefined,
  'client certificates': ({ tls }) => tls?.clientPolicy === 'RequireAnyClientCert' || tls?.clientPolicy === 'RequireAndVerifyClientCert',
  passwords: ({ users }) => users.size > 0,
};

/**
 * Says what a change that nobody asked for would take away from a server: a file that was cut off is often a good one
 * that protects less. Undefined where it takes nothing away.
 */
export function findLostProtection(before: WebConfig, after: WebConfig): ConfigError | undefined {
  const lost = Object.entries(protections).flatMap(([name, has]) => (has(before) && !has(after) ? [name] : []));
  if (lost.length === 0) return undefined;
  const what = `the file that has changed takes away ${lost.join(' and ')}`;
  const mend = 'Mend it, or ask for a reload by SIGHUP if that is meant';
  return new ConfigError({ code: 'LOST_PROTECTION', where: 'web configuration', what, mend });
}
