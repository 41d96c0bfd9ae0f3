import { BlockList, isIP, isIPv6 } from 'node:net';
import type Koa from 'koa';

/** What proxies say of the client. */
const names = [
  'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-prefix', 'x-forwarded-port', 'x-real-ip', 'forwarded',
] as const; // prettier-ignore

/**
 * Creates what makes Koa's `app.proxy` safe: forwarding headers of clients that are no trusted proxy are removed, and of a
 * chain of addresses only the part is left that trusted proxies have written.
 */
export function createForwarding(proxies: readonly string[]): (ctx: Koa.Context) => void {
  const isTrusted = createTrust(proxies);
  return ({ req }) => {
    if (!isTrusted(req.socket.remoteAddress)) return removeHeaders(req);
    const chain = req.headers['x-forwarded-for'];
    if (chain !== undefined) req.headers['x-forwarded-for'] = believedPart([chain].flat().join(','), isTrusted);
  };
}

type Trust = (address: string | undefined) => boolean;

function createTrust(proxies: readonly string[]): Trust {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (proxy === 'unix') continue;
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const trustsUnix = proxies.includes('unix');
  return (address) => {
    // Clients of a Unix socket have none.
    if (address === undefined) return trustsUnix;
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}

/** From the client on: the last address that no trusted proxy has, then those of the proxies behind it. */
function believedPart(chain: string, isTrusted: Trust): string {
  const believed: string[] = [];
  for (const text of chain.split(',').toReversed()) {
    const address = text.trim();
    // Who writes something else knows nothing.
    if (isIP(address) === 0) break;
    believed.unshift(address);
    if (!isTrusted(address)) break;
  }
  return believed.join(', ');
}

function removeHeaders(req: Koa.Context['req']): void {
  if (!names.some((name) => req.headers[name] !== undefined)) return;
  for (const name of names) delete req.headers[name];
  const isForwarding = (name: string): boolean => (names as readonly string[]).includes(name.toLowerCase());
  req.rawHeaders = req.rawHeaders.filter((_text, index, all) => !isForwarding(all[index - (index % 2)] ?? ''));
}
