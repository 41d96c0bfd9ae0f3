import { isIP, isIPv6 } from 'node:net';

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` or `unix` → the same; throws for anything else. */
export function parseTrustedProxy(text: string): string {
  if (text === 'unix') return text;
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || address.includes('%') || more.length > 0) {
    throw new Error('is no address and no network. Give one, such as 10.0.0.1 or 10.0.0.0/8, or unix');
  }
  const most = isIPv6(address) ? 128 : 32;
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)) {
    throw new Error(`has a length of its network that is not in the range 0..${most}. Give one in it, such as ${address}/${most}`);
  }
  return text;
}
