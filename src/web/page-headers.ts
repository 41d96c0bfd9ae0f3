import { createHash } from 'node:crypto';
import type Koa from 'koa';

/** Makes the security headers of a page that has one style sheet inside and loads nothing. */
export function createPageHeaders(style: string): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
  };
}

/** Sets headers that nobody has set: those of the operator and of the author's middleware win. */
export function setDefaults(ctx: Koa.Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) if (!ctx.res.hasHeader(name)) ctx.set(name, value);
}
